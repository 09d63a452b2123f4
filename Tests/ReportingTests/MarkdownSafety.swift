import Testing

/// Records an issue for every line of a Markdown document in which words of a trace could be markup.
func expectSafe(markdown document: [UInt8]) {
  var fence: Substring?
  var bars: Int?
  let text = String(decoding: document, as: UTF8.self)
  for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
    let mark = line.prefix { $0 == "`" }
    if let open = fence {
      if line == open { fence = nil }
      #expect(mark.count <= open.count, "\(line)")
    } else if mark.count >= 3 {
      fence = mark
    } else if line.hasPrefix("| ") {
      // A cell that ends early shows as a bar more than the head of the table has.
      let here = line.count { $0 == "|" }
      #expect(here == bars ?? here, "\(line)")
      bars = bars ?? here
    } else {
      bars = nil
      let isOurs =
        ["<details>", "</details>"].contains(line)
        || line.wholeMatch(of: /<summary>([A-Za-z ]|<code>[^<]*<\/code>)+<\/summary>/) != nil
      #expect(isOurs || !line.replacing(/`[^`]+`/, with: "").contains("<"), "\(line)")
    }
  }
  #expect(fence == nil)
}
