package import Diagnosis
package import SessionTrace

/// A part of a document as a value: what is said, and not how it is drawn.
///
/// A document of any kind is a sequence of these, and a format is a fold over them, so that a new format
/// is one fold and a new kind of document one sequence. Text in a block is as the trace has it, hostile words
/// among it: each fold escapes for its own sink.
package indirect enum Block: Sendable, Equatable {
  case heading(Heading)
  /// The first words of a document: what happened.
  case answer(Answer)
  /// The matter in plain words, what to do, and whom to write to; for pages.
  case guidance(Guidance)
  /// One of the sessions that a document is about.
  case compared(ComparedSession)
  case paragraph(Paragraph)
  /// Our own words, in which `code` and *emphasis* are marked.
  case prose(String)
  case fields([Field])
  /// Names of ours and what they stand for, at length.
  case facts([Field])
  case list([ListItem])
  case table(Table)
  /// Titles of the catalogue; by family they are set in.
  case titles([String], byFamily: Bool)
  case finding(Finding)
  case remedies([RemedyGroup])
  /// A command in the flow of the text.
  case command(ShellCommand)
  /// A command by itself, to be copied.
  case script(ShellCommand)
  /// Who has how many of our bytes.
  case ledger(Ledger)
  /// The stages of a session over its time.
  case timeline(Timeline)
  /// What both sides said, in the order of time.
  case dialogue([DialogueRow])
  /// The pieces of our stream with their times, and the replies to them.
  case ladder(Ladder)
  /// The hops to the server; where it is drawn.
  case way(Way)
  /// What was varied, control and variant side by side; where it is drawn.
  case contrasts([Contrast])
  /// The values of a sweep in their order, each with what came of it.
  case strip([StripMark])
  /// Lines under a title that stay whole, however long.
  case entry(Entry)
  /// What most readers pass over; folded where that can be.
  case details(Wording, [Block])
  /// Only where the reader looks that way.
  case only(Medium, [Block])
  /// What was run and how each came out, for programs that count.
  case cases(name: String, [TestCase])
  /// A session with all its events, and what became of it, for forms that show every one.
  case recording(Trace, String)
  /// Whether all is well, and the numbers, for monitoring.
  case vitals(Vitals)
}

/// How a document is looked at.
package enum Medium: Sendable {
  /// Plain text that scrolls by, its end in sight.
  case terminal
  /// A page that is read from its head on, with room for more.
  case page
  /// Text for whoever wants every fact of the kernel and every byte.
  case closeUp
  /// Whoever did not watch as it happened.
  case unseen
}
