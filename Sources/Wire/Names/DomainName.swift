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
  guard name.utf8.contains(where: { $0 > 0x7F }) else { return name }
  var problem: UnsafePointer<CChar>?
  guard let text = unsafe cidn2_to_ascii(name, &problem) else {
    throw DomainNameError(text: unsafe problem.map { unsafe String(cString: $0) } ?? "no reason")
  }
  defer { unsafe cidn2_free(text) }
  return unsafe String(cString: text)
}
