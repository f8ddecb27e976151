export const reportUsage = `report SOURCE|--example [--as-of DATE] [--format FORMAT] [--out FILE] [--explain]
                                      how changes with AI recorded went on,
                                      beside those with no AI recorded, and how
                                      sure that is; SOURCE as for export
      --format FORMAT  terminal, html (one file, with charts), md, json or csv
      --out FILE       into that file, which is replaced only by a whole report
      --as-of DATE     as it was known on the Monday before that day, UTC; by
                       default, before the newest record
      --explain        on a terminal, every definition and method too
      --example        of a made-up organisation, in the place of SOURCE
      --key-file FILE  of GitHub: the secret of an export that is gone on with`
