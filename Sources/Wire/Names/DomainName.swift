import CIDN2
import SessionTrace

/// Why a name in Unicode is no name of a domain: the library's own words.
package struct DomainNameError: Error, Sendable, Equatable {
  package let text: String
}

/// A domain as name servers know it: `xn--bcher-kva.example` for `bücher.example` (IDNA2008, mapped by
/// UTS #46).
///
/// What is ASCII stays as it is: how odd it may be is for others to judge, and nobody asks a library.
package func domainInASCII(_ name: String) throws(DomainNameError) -> String {
  try unsafe mapped(name) { unsafe cidn2_to_ascii($0, $1) }
}

/// The same domain with the labels in Unicode that are so: the only form in which SMTPUTF8 has others than ASCII
/// (RFC 6531 section 3.3). `１.example` is `1.example`.
package func domainInUnicode(_ name: String) throws(DomainNameError) -> String {
  try unsafe mapped(name) { unsafe cidn2_to_unicode($0, $1) }
}

private func mapped(
  _ name: String,
  by map: (String, UnsafeMutablePointer<UnsafePointer<CChar>?>) -> UnsafeMutablePointer<CChar>?
) throws(DomainNameError) -> String {
  guard name.utf8.contains(where: { $0 > 0x7F }) else { return name }
  var problem: UnsafePointer<CChar>?
  guard let text = unsafe map(name, &problem) else {
    throw DomainNameError(text: unsafe problem.map { unsafe String(cString: $0) } ?? "no reason")
  }
  defer { unsafe cidn2_free(text) }
  let result = unsafe String(cString: text)
  // Some characters are mapped to nothing.
  guard !result.isEmpty, !result.hasPrefix("."), !result.contains("..") else {
    throw DomainNameError(text: "a label is empty")
  }
  return result
}
