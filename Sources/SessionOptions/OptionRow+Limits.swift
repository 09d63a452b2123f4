/// How long to wait, and what is about the result alone.
extension OptionRow {
  package static let timeout = value(
    "timeout", \.timeouts.reply, .limits,
    "Limit for one whole reply; 'rfc5321' for the RFC's minimums.")

  package static let connectTimeout = value(
    "connect-timeout", \.timeouts.connect, .limits, "For name resolution, and for each address.")

  package static let totalTimeout = value(
    "total-timeout", \.timeouts.total, .limits, "For the whole session.")

  package static let fault = flag(
    "fault", \.fault, .lab,
    "With lab:FIXTURE: play the fault, or the same server without it."
  ).with {
    $0.key = nil
    $0.mayComeFromAReport = false
  }

  package static let expect = report(
    "expect", .value, "STATUS or STATUS@STAGE: exit 0 if that is what happened, 1 if not.")
  package static let format = report(
    "format", .value,
    "What standard output gets: text, or another form of the report (smtpprobe manual reports).")
  package static let quiet = report(
    "quiet", .flag,
    "One line: status, stage, bytes acknowledged, time, server; no progress. As --format line.")
  package static let verbose = report(
    "verbose", .flag,
    "With text: the kernel's facts after each stage, and the bytes at the stall in hex."
  ).with { $0.short = "v" }
  package static let style = report(
    "style", .value,
    "Text in colour, in plain ASCII, or as the terminal, NO_COLOR and TERM have it."
  ).with {
    $0.choices = ["auto", "color", "plain"]
    $0.usualWord = { "auto" }
  }
  package static let width = report(
    "width", .value,
    "Columns of text, 40 to 1000. Default: those of the terminal, 60 to 120; 80 elsewhere."
  ).with { $0.placeholder = "columns" }
  package static let output = report(
    "output", .list,
    "Write a report here too; its kind by the ending (.txt .md .json). May be repeated."
  ).with { $0.short = "o" }
  package static let capture = report(
    "capture", .value,
    "Record this session's packets here (pcapng), where CAP_NET_RAW is there; else as the socket tells."
  ).with { $0.placeholder = "file" }
  package static let redact = report(
    "redact", .value,
    "none, local or all: stand-ins for our names and addresses, or for all of them.")
  package static let all = report(
    "all", .flag,
    "With mx:domain or user@domain: a session with every address of every mail exchanger, in one report."
  )
  package static let asMTA = report(
    "as-mta", .value,
    "With --all: end as one delivery attempt would (rfc5321, postfix, exim), not as the worst place."
  )
  package static let seed = report(
    "seed", .value, "With --all: orders exchangers of one preference; by itself at random.")
  package static let yes = report(
    "yes", .flag, "With --all: do deliver a message to every one of them.")
  package static let silent = report("silent", .flag, "Print no report on standard output.")
  package static let noConfig = report(
    "no-config", .flag, "Read neither the configuration file nor variables SMTPPROBE_OPTION.")
  package static let plan = report(
    "plan", .flag, "Print what would be sent, with sizes and segments; open no connection.")
}
