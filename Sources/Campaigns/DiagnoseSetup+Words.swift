import Diagnosis
import Probe
import SessionOptions
import SessionTrace

/// What a diagnosis says before its first session.
extension DiagnoseSetup {
  /// The line that tells how many connections there will be, and how fast.
  package func announcement(limit: Int, _ pace: CampaignPace) -> String {
    let mail = request.options.deliversMail ? "; each delivers a message" : ""
    return "smtpprobe: 4 connections if nothing is wrong, \(limit) at most, \(pace.text)\(mail)\n"
  }

  /// The experiments that may be made, by the way in which the session fails.
  package func preview(limit: Int) throws -> String {
    let control = try control(at: nil)
    let subject = try subject(of: control)
    var lines = [
      "target     \(request.target.given)",
      "control    the session as given: 4 times if it passes, else beside all else",
      "most       \(count(limit, "connection"))",
      "",
    ]
    for symptom in Investigation.outline(subject, options: control.options) {
      lines.append("\(symptom.name):")
      lines += symptom.variations.map { "  \($0.phrase)" }
    }
    lines.append("where the target has several addresses:")
    lines.append("  at each other address")
    return (lines + ["", "no connection was opened"]).joined(separator: "\n") + "\n"
  }
}
