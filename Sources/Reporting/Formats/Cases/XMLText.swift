/// Text as it may stand in XML 1.0, between tags and in attributes alike.
///
/// Printable ASCII stands for itself but for the five characters that XML reserves. Everything else
/// is shown as `\u{…}`: most control characters have no place in XML 1.0 at all, not even as a
/// reference (section 2.2), and look-alike or right-to-left letters have none in a CI log. The result
/// cannot be undone; the JSON form is for programs.
package func xmlText(_ text: String) -> String {
  var result = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "'": result += "&apos;"
    case " "..."~": result.unicodeScalars.append(scalar)
    default: result += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
    }
  }
  return result
}
