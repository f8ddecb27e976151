export const reportUsage = `report SOURCE|--example [--as-of DATE] [--format FORMAT] [--out FILE]
                         [--explain] [--diffs] [--name NAME]
                         [--progress SECONDS]
                                      how changes with AI recorded went on,
                                      beside those with no AI recorded, and how
                                      sure that is; SOURCE as for export
      --format FORMAT  terminal, html (one file, with charts), md, json, csv,
                       or ndjson: the report of all, then of each repository,
                       a line each
                       by default, what the ending of FILE says, or terminal
      --out FILE       into that file, which is replaced only by a whole report
      --as-of DATE     as it was known on the Monday on or before that day,
                       UTC; by default, on or before the newest record
      --explain        every definition and method too, where the format is
                       terminal; the others have them anyway
      --diffs          also lines changed after the first review, as for export
      --name NAME      what a repository is called whose records do not name
                       it, such as a clone without a remote
      --progress SECONDS
                       for programs: tells so often how far it has come, in a
                       line on standard error that does not begin with
                       "what-shipped:" as the others do
      --example        of a made-up organisation, in the place of SOURCE
      --key-file FILE  the key that an interrupted reading of GitHub used`
