import SessionTrace

extension Experiment.Observation {
  /// What was seen, as the end of a sentence; empty where nothing was.
  package var text: String {
    if let nudgeReading { return text(of: nudgeReading) }
    return hops.map(text(of:)) ?? ""
  }

  private func text(of reading: NudgeReading) -> String {
    switch reading {
    case .released: "\(allMissing) came: they had waited for more input"
    case .releasedSome: "some of \(allMissing) came, and no more"
    case .ownReply:
      "only the NOOP was answered, and \(allMissing) stayed away: what was sent before it is lost, or"
        + " passed over"
    case .silence: "nothing came, not even a reply to that"
    case .unacknowledged:
      "not even an acknowledgement came: whoever gave those before is out of reach"
    case .ended: "nothing came but the end of the connection"
    case .unclear: "a reply came that may be to the NOOP, or the one that was missing"
    }
  }

  private var allMissing: String {
    missing == 1 ? "the missing reply" : "the \(missing) missing replies"
  }

  private func text(of hops: HopsRecord) -> String {
    let near = hops.acknowledgedAtTTL.map { "acknowledged within \(count($0, "hop"))" }
    let far = hops.pathHops.map { "the address is \(count($0, "hop")) away" }
    switch hops.reading {
    case .inFront:
      return "\(near ?? ""), while \(far ?? ""): something in front of the server ends TCP"
    case .notFound:
      return "\(near ?? ""), and \(far ?? ""): nothing in front of it was found to end TCP"
    case .unknown:
      return [
        near ?? "not acknowledged within \(count(hops.greatestTTL ?? 0, "hop"))",
        far ?? "how far away the address is, nobody said",
      ].joined(separator: "; ") + ": who acknowledges is not known"
    }
  }
}
