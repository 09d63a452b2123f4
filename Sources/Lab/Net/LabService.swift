package import Wire

/// Fixtures that are served to anybody, each on a port of its own, until a signal comes.
package struct LabService {
  /// A fixture and where it is to listen.
  package struct Place {
    package var fixture: Fixture
    /// 0 lets the kernel choose.
    package var port: Int
  }

  private let loop: EventLoop
  private let servers: [(name: String, server: LabServer)]

  /// Listens at once; `log` is handed lines without their line ends.
  package init(
    places: [Place], address: String, playsFaults: Bool, seed: Int?, log: ((String) -> Void)?
  ) throws {
    if let needy = places.first(where: { $0.fixture.network != nil })?.fixture.name {
      throw ExitMessage(
        status: .usage,
        text: """
          \(needy) is about the network, which exists inside a process only, so that no other \
          client can reach it. Run a client inside it: smtpprobe lab enter \(needy) COMMAND
          """)
    }
    loop = try EventLoop()
    do {
      servers = try places.map { [loop] place in
        let server = try LabServer(
          fixture: place.fixture, loop: loop,
          endpoint: .ip(address: address, port: place.port), faultsEnabled: playsFaults, seed: seed,
          log: log.map { LabLog(write: $0) })
        return (place.fixture.name, server)
      }
    } catch let error as LabError {
      throw ExitMessage(error, otherwise: .usage)
    }
  }

  /// The certificates of all servers with TLS, one behind the other, PEM.
  package var certificates: String {
    servers.compactMap(\.server.certificate).joined()
  }

  /// Says where each listens, serves, and sums up when a signal has come.
  package func run() throws {
    var signal: Int32?
    // Before the first line: whoever waits for it may send the signal at once.
    try loop.onSignals(EndingSignals.numbers) { signal = $0 }
    for (name, server) in servers {
      try TextStream.standardOutput.print("listening \(server.endpoint) \(name)\n")
      if let nameServer = server.address.nameServer {
        try TextStream.standardOutput.print("names \(nameServer) \(name)\n")
      }
    }
    try loop.run { signal != nil }
    for (name, server) in servers {
      server.stop()
      try TextStream.standardOutput.print("served \(name) \(server.tally)\n")
    }
  }
}

extension LabService {
  /// Which fixture listens on which port.
  ///
  /// A word is the name of a fixture or the path of a file, with `=PORT` behind it for a port of its choice;
  /// the others have `port` and the next ones, and 0 lets the kernel choose.
  package static func places(
    _ words: [String], from port: Int
  ) throws(ExitMessage) -> [Place] {
    var next = port
    var places: [Place] = []
    for argument in words {
      let (word, chosen) = splitPort(argument)
      for (index, named) in try namedFixtures(word).enumerated() {
        let port = chosen.map { $0 == 0 ? 0 : $0 + index } ?? next
        guard port <= 65_535 else {
          throw ExitMessage(status: .usage, text: "\(argument): no port \(port)")
        }
        places.append(Place(fixture: named.fixture, port: port))
        if chosen == nil, next > 0 { next += 1 }
      }
    }
    return places
  }

  private static func splitPort(_ argument: String) -> (word: String, port: Int?) {
    guard let sign = argument.lastIndex(of: "="),
      let port = Int(argument[argument.index(after: sign)...]), (0...65_535).contains(port)
    else { return (argument, nil) }
    return (String(argument[..<sign]), port)
  }
}
