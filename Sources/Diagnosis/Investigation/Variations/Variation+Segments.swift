import SessionOptions
import SessionTrace

/// How the same bytes are cut into segments.
extension Variation {
  /// The same bytes as the control, not cut.
  package static let uncut = Variation(
    name: split, value: "none", phrase: "with the same bytes uncut",
    apply: { options, control in options.cut(nil, beside: control) })

  /// One command a segment.
  package static let wholeCommands = cut(
    .command, "command", "with one command a segment (--split command)")

  /// A cut between CR and LF, and nowhere else.
  package static let cutBetweenCRLF = cut(
    .crlf, "crlf", "cut between CR and LF only (--split crlf)")

  /// A cut after so many bytes of each flight: inside the first command, away from every line end.
  package static func cutInsideCommand(_ size: Int) -> Variation {
    cut(
      .sizes([.bytes(size), .rest]), "\(size),rest",
      "cut inside the first command (--split \(size),rest)", in: .envelope)
  }

  /// The same in the message content only.
  package static func cutInsideContent(_ size: Int) -> Variation {
    cut(
      .sizes([.bytes(size), .rest]), "\(size),rest in the data",
      "cut inside the content, away from its end (--split \(size),rest)", in: .data)
  }

  /// A cut after so many of the five bytes that end the data.
  package static func cutAtEndOfData(_ place: Int) -> Variation {
    cut(
      .endOfData(place), "dot:\(place)",
      "cut after \(place) of the five bytes that end the data")
  }

  /// Segments of so many bytes from us, without asking the peer for small ones too.
  package static func cutAt(_ size: Int) -> Variation {
    cut(
      .sizes([.bytes(size)]), String(size),
      "in segments of \(size) bytes from us (--split \(size))")
  }

  /// The same bytes in some eight pieces, with pauses between them that add up to about twice as long as the
  /// control took, since pauses of its own are replaced by them.
  ///
  /// Short commands are cut too, so that a session of one command at a time is slower as well. How the kernel
  /// cuts the pieces is no matter.
  static func slower(than control: Control) -> Variation {
    let size = max(4, control.trace.ledger.written / 8)
    let pause = max(.milliseconds(20), (control.trace.lifetime ?? 0) / 4)
    return Variation(
      name: split, value: "\(size), \(durationText(pause)) apart",
      phrase: "sent more slowly, in pieces of \(size) bytes \(durationText(pause)) apart",
      cost: 2,
      apply: { options, control in
        options.cut(.sizes([.bytes(size)]), .delay(pause), beside: control)
      })
  }

  private static let split = "split"

  /// A segment plan for an envelope of the same bytes, in the stages of `scope`.
  private static func cut(
    _ plan: SegmentPlan, _ value: String, _ phrase: String, in scope: Segmentation.Scope = .all
  ) -> Variation {
    Variation(
      name: split, value: value, phrase: phrase, obstacle: { trace, _ in trace.unplannedPieces },
      apply: { options, control in
        options.cut(plan, beside: control)
        options.splitStage = scope
      })
  }
}

extension SessionOptions {
  /// Another segment plan, or none, for an envelope of the same bytes; at the control's own pace where
  /// `pace` gives none.
  mutating func cut(
    _ plan: SegmentPlan?, _ pace: Segmentation.Pacing? = nil, beside control: Control
  ) {
    keepEnvelope(of: control)
    split = plan
    if pace != nil || plan == nil { splitDelay = pace }
    splitStage = .all
  }
}

extension Trace {
  /// That pieces left otherwise than the plan says, where they did.
  var unplannedPieces: String? {
    segments.kept.contains { $0.asPlanned == false }
      ? "the kernel did not send the pieces as planned" : nil
  }
}
