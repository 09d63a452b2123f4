/// Zones that are signed, and a name server on loopback that answers for them; both are gone when this value is.
package struct SignedZone: ~Copyable {
  /// Where the name server answers, over UDP and TCP, on 127.0.0.1.
  package let port: Int
  /// The DS record of each zone, by its name without a closing dot.
  package let anchors: [String: String]
  private let folder: Folder
  private let server: ChildProcess

  /// Signs the zones, which are master files by their name. `faults` are lines of `NAME TYPE servfail`, `NAME TYPE
  /// silent`, `ZONE - expired` or `ZONE - unsigned`, all names absolute.
  package init(_ zones: [String: String], faults: [String] = []) async throws {
    let folder = try Folder()
    for (name, text) in zones {
      let head = """
        $ORIGIN \(name).
        $TTL 300
        @ SOA ns.\(name). hostmaster 1 3600 600 86400 300
        @ NS ns.\(name).
        ns A 127.0.0.1

        """
      try Self.write(head + text + "\n", to: "\(folder.path)/\(name).zone")
    }
    try Self.write(faults.map { $0 + "\n" }.joined(), to: "\(folder.path)/faults")
    let server = try ChildProcess(["\(Repository.tests)/SignedZone/serve", folder.path])
    guard let port = Int(try await server.line()) else {
      throw ChildProcess.Failure(call: "serve: \(server.errors)", code: 0)
    }
    var anchors: [String: String] = [:]
    for name in zones.keys {
      let record = try folder.text(of: "\(name).ds")
      anchors[name] = record.split(separator: "\n").first.map(String.init)
    }
    self.port = port
    self.anchors = anchors
    self.folder = folder
    self.server = server
  }

  private static func write(_ text: String, to path: String) throws {
    _ = try ChildProcess.brief(["tee", path], input: Array(text.utf8))
  }
}
