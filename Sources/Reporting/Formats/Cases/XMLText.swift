import SessionTrace

/// Text as it may stand in XML 1.0, between tags and in attributes alike.
///
/// Printable ASCII stands for itself but for the five characters that XML reserves. Everything else
/// is shown as its bytes, `\x1B`, as in the other forms: most control characters have no place in XML 1.0 at all, not even as a
/// reference (section 2.2), and look-alike or right-to-left letters have none in a CI log. The result
/// cannot be undone; the JSON form is for programs. Of two colons or hashes in a row the second is a
/// reference, since a CI system may read the lines for commands (`::error::`, `##[group]`).
package func xmlText(_ text: String) -> String {
  var result = ""
  var last: Unicode.Scalar?
  for scalar in text.unicodeScalars {
    defer { last = scalar }
    switch scalar {
    case ":" where last == ":": result += "&#58;"
    case "#" where last == "#": result += "&#35;"
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "'": result += "&apos;"
    case " "..."~": result.unicodeScalars.append(scalar)
    default: result += escapedText(String(scalar).utf8)
    }
  }
  return result
}
