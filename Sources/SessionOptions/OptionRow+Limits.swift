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
    "format", .value, "What standard output gets: text, markdown, json.")
  package static let output = report(
    "output", .list,
    "Write a report here too; its kind by the ending (.txt .md .json). May be repeated."
  ).with { $0.short = "o" }
  package static let redact = report(
    "redact", .value,
    "none, local or all: stand-ins for our names and addresses, or for all of them.")
  package static let silent = report("silent", .flag, "Print no report on standard output.")
  package static let noConfig = report(
    "no-config", .flag, "Read neither the configuration file nor variables SMTPPROBE_OPTION.")
  package static let plan = report(
    "plan", .flag, "Print what would be sent, with sizes and segments; open no connection.")
}
