export const exportUsage = `export SOURCE [--since DATE] [--until DATE] [--changes] [--diffs]
         [--key-file FILE]            what happened to each pull request, as a
                                      line of JSON each (records.ndjson);
                                      SOURCE is a clone's directory, owner/name
                                      on GitHub (GITHUB_TOKEN), a file of such
                                      records, or - for standard input
      --changes        each change's times, review, fate and assistance instead
      --diffs          also lines changed after the first review: from GitHub
                       with contents, a request or two more for each change
                       that went on after it
      --since DATE     from that day on, UTC; --until DATE: before that day
      --key-file FILE  the secret by which people become keys: made at the
                       first export, ~/.config/what-shipped/people.key
      An export from GitHub that was stopped goes on where it was.`
