import SessionTrace

/// Hazards that a box on the path leaves in the server's own words.
extension Trace {
  /// A5 `inspection-needs-whole-command`, D2 `esmtp-capability-mask`: the server quotes a command of ours
  /// as a row of `X`, which is what inspecting firewalls write over what they do not know.
  ///
  /// Where commands were cut into pieces, it is the cutting that such a box cannot bear; where they
  /// left whole, it is the command. A name of ours with a row of `X` in it proves nothing.
  var overwrittenCommand: Hazard? {
    guard
      let refusal = replies.first(where: { reply in
        (500...502).contains(reply.code) && reply.lines.contains { $0.contains("XXX") }
      }),
      !commands.contains(where: { $0.text.contains("XXX") })
    else { return nil }
    let wasCut = !(option("split")?.isUnset ?? true)
    return Hazard(
      id: wasCut ? .inspectionNeedsWholeCommand : .esmtpCapabilityMask,
      text: "the server quotes a command of ours as X ("
        + "\(short(refusal.firstLineAsSent))); so inspecting firewalls overwrite "
        + (wasCut
          ? "a command that does not come whole in one segment" : "commands that they do not know"))
  }
}
