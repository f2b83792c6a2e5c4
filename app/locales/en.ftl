cli-fault = The system met a fault:
cli-config-broken = Configuration file { $value } is not valid TOML.
cli-config-unknown = Configuration file { $value } has an unknown entry “{ $name }”. Run `chibo config` to see the entries.
cli-config-bad = The value “{ $value }” of { $name } cannot be used.
cli-unsafe-plain-http = Refusing to start: { $value } is open to the network without TLS. Put a TLS proxy in front and set tls = true, or use host = 127.0.0.1.
cli-unsafe-no-limit = Refusing to start: per_minute = 0 removes request limits and may only be used with 127.0.0.1.
cli-keys-missing = There is no key file { $path }. Restore it; without it secret data cannot be read.
cli-key-used = Key { $value } still opens { $count } secret values or files. Start the program, wait for the job "Encrypt secret fields again", then try again.
cli-key-not-there = There is no old key { $value }. Run: chibo keys status
cli-keys-readable = The key file { $path } can be read by others. Run: chmod 600 { $path }
cli-cannot-write = Cannot write to { $path }. Check permissions and free space.
cli-port-taken = Port { $value } is used by another program. Choose another: --port { $other }
cli-cannot-listen = Cannot listen on { $value }: { $cause }
cli-not-empty = This database already holds data. Use an empty folder or database.
cli-no-account = There is no account “{ $value }”.
cli-no-unit = There is no organisation “{ $value }”. Give its code or full name.
cli-bad-day = “{ $value }” is not a day.
cli-demo-other = This folder holds demonstration data with { $value } members. Choose another folder with --data, or leave out --members.
cli-demo-stopped = Stopped. Nothing is half done; run the same command again to go on.
cli-import-counts = { $rows } rows: { $new } new, { $known } known, { $twice } twice in the file, { $refused } refused.
cli-stage-units = Organisations
cli-stage-members = Members
cli-stage-decisions = Reorganisation decisions
cli-stage-offices = Offices
cli-stage-meetings = Branch meetings
cli-stage-work = Work under way
cli-too-much = The table asked for is too large. Choose fewer dimensions.
