package import Diagnosis
import SessionOptions

/// What a sweep says before its first session.
extension SweepSetup {
  /// The line that tells how many connections there will be, and how fast.
  package func announcement(of plan: SweepPlan, _ pace: CampaignPace) -> String {
    let remarks = remarks + (deliversMail ? ["each delivers a message"] : [])
    let first = min(plan.firstValues.count, plan.sessionLimit)
    return "smtpprobe: \(first) connections first, \(plan.sessionLimit) at most, "
      + "\(pace.text)\(remarks.map { "; \($0)" }.joined())\n"
  }

  /// The values that come first, in lines of 80 columns.
  package func preview(of plan: SweepPlan) -> String {
    var lines = [
      "target     \(request.target.given)",
      "option     \(plan.option.flag) \(plan.range.lowerBound)..\(plan.range.upperBound)",
      "first      \(count(plan.firstValues.count, "value")), then what they lead to",
      "most       \(count(plan.sessionLimit, "connection"))",
    ]
    lines += remarks.map { "note       \($0)" }
    var line = "values    "
    for value in plan.firstValues {
      let word = " \(value)"
      if line.count + word.count > 80 {
        lines.append(line)
        line = "          "
      }
      line += word
    }
    return (lines + [line, "no connection was opened"]).joined(separator: "\n") + "\n"
  }
}
