import SessionOptions
import SMTPDialogue

/// The plan of the defaults: null sender, postmaster, stop at DATA's reply; varied by `change`.
func makePlan(
  from sender: String = "", to recipients: [String] = ["postmaster"],
  ehloName: String = "probe.example", pregreet: Bool = false,
  _ change: (inout DialoguePlan) -> Void = { _ in }
) throws -> DialoguePlan {
  let envelope = try Envelope(
    sender: Array(sender.utf8), recipients: recipients.map { Array($0.utf8) })
  var plan = try DialoguePlan(
    ehloName: ehloName, envelope: envelope, pregreet: pregreet)
  change(&plan)
  return plan
}
