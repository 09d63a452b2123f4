/// A title.
package struct Heading: Sendable, Equatable {
  /// How much stands under it.
  package enum Level: Sendable {
    /// The whole document; a page has it, and text begins with its answer.
    case document
    /// Several sections; a page has it.
    case chapter
    /// A section.
    case section
    /// A part of a chapter.
    case part
  }

  package var level: Level
  package var title: Wording
  /// What helps to read that which follows.
  package var remark: Wording = ""
}

extension Block {
  /// A title of that level.
  package static func heading(
    _ level: Heading.Level, _ title: Wording, remark: Wording = ""
  ) -> Block {
    .heading(Heading(level: level, title: title, remark: remark))
  }
}
