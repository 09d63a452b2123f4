/// The words of a line, as a shell would part them: blanks between, quotes round what has blanks in it, and
/// nothing more from a word on that begins with `#`; `nil` where a quote is not closed.
package func lineWords(_ line: String) -> [String]? { lineParts(line)?.words }

/// The same with what stands behind the `#`, without the blanks around it.
package func lineParts(_ line: String) -> (words: [String], remark: String?)? {
  var words: [String] = []
  var word: String?
  var quote: Character?
  for (place, letter) in zip(line.indices, line) {
    if let open = quote {
      if letter == open { quote = nil } else { word?.append(letter) }
    } else if letter == "'" || letter == "\"" {
      quote = letter
      word = word ?? ""
    } else if letter == " " || letter == "\t" {
      if let word { words.append(word) }
      word = nil
    } else if letter == "#", word == nil {
      let remark = line[line.index(after: place)...].drop { $0 == " " || $0 == "\t" }
      let end = remark.lastIndex { $0 != " " && $0 != "\t" }
      return (words, end.map { String(remark[...$0]) })
    } else {
      word = (word ?? "") + String(letter)
    }
  }
  if let word { words.append(word) }
  return quote == nil ? (words, nil) : nil
}
