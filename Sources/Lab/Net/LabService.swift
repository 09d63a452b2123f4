package import Wire

/// Fixtures that are served to anybody, each on a port of its own, until a signal comes.
package struct LabService {
  /// A fixture and where it is to listen.
  package struct Place {
    package var fixture: Fixture
    /// 0 lets the kernel choose.
    package var port: Int
  }

  /// How the fixtures are played, and what becomes of what comes.
  package struct Manner {
    package var playsFaults = true
    package var seed: Int?
    /// Further names of the certificates.
    package var certificateNames: [String] = []
    package var format = LabLog.Format.text
    /// Is handed lines without their line ends; `nil` for no log.
    package var log: ((String) -> Void)?
    package var store: MessageStore?
    /// After so many sessions it ends.
    package var mostSessions: Int?

    package init() {}
  }

  private let loop: EventLoop
  private let servers: [(name: String, server: LabServer)]
  private let manner: Manner

  /// Listens at once.
  package init(places: [Place], address: String, manner: Manner) throws {
    if let needy = places.first(where: { $0.fixture.network != nil })?.fixture.name {
      throw ExitMessage(
        status: .usage,
        text: """
          \(needy) is about the network, which exists inside a process only, so that no other \
          client can reach it. Run a client inside it: smtpprobe lab enter \(needy) COMMAND
          """)
    }
    self.manner = manner
    loop = try EventLoop()
    do {
      servers = try places.map { [loop] place in
        let server = try LabServer(
          fixture: place.fixture, loop: loop,
          endpoint: .ip(address: address, port: place.port), faultsEnabled: manner.playsFaults,
          seed: manner.seed, certificateNames: manner.certificateNames,
          log: manner.log.map { LabLog(format: manner.format, write: $0) }, store: manner.store)
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

  /// Where each listens, by its fixture's name.
  package var addresses: [(name: String, endpoint: Endpoint)] {
    servers.map { ($0.name, $0.server.endpoint) }
  }

  /// Says where each listens, serves, and sums up when a signal has come or enough sessions have.
  ///
  /// With `words` it serves while that program runs, which has our streams and our signals, and returns its status.
  package func run(
    while words: [String] = [], saying stream: TextStream = .standardOutput
  ) throws -> Int {
    var signal: Int32?
    // Before the first line: whoever waits for it may send the signal at once.
    try loop.onSignals(EndingSignals.numbers) {
      if words.isEmpty || $0 != EndingSignals.interrupt { signal = $0 }
    }
    for (name, server) in servers {
      try say("listening", "\(server.endpoint)", name, stream)
      if let nameServer = server.address.nameServer {
        try say("names", "\(nameServer)", name, stream)
      }
      if let policyHost = server.address.policyHost {
        try say("policies", "\(policyHost)", name, stream)
      }
    }
    var hasEnded = false
    let program = words.isEmpty ? nil : try started(words)
    try program?.watch(on: loop) { hasEnded = true }
    try loop.run { signal != nil || hasEnded || program == nil && hasServedEnough }
    for (name, server) in servers {
      server.stop()
      let tally = server.tally
      switch manner.format {
      case .text: try stream.print("served \(name) \(tally)\n")
      case .json:
        try stream.print(
          #"{"event":"served","fixture":\#(jsonString(name)),"sessions":\#(tally.sessions),"#
            + #""reads":\#(tally.reads),"bytes":\#(tally.bytes)}"# + "\n")
      }
    }
    guard let program else { return 0 }
    return hasEnded ? program.exitStatus() ?? Int(ExitStatus.bug.rawValue) : 128 + Int(signal ?? 0)
  }

  /// A program that is not there is the user's to mend.
  private func started(_ words: [String]) throws(ExitMessage) -> ChildProgram {
    do {
      return try ChildProgram(words, streams: .ours)
    } catch {
      throw ExitMessage(cannotRun: words.first ?? "", error)
    }
  }

  private func say(
    _ event: String, _ address: String, _ name: String, _ stream: TextStream
  ) throws {
    switch manner.format {
    case .text: try stream.print("\(event) \(address) \(name)\n")
    case .json:
      try stream.print(
        #"{"event":"\#(event)","address":"\#(address)","fixture":\#(jsonString(name))}"# + "\n")
    }
  }

  /// Whether as many sessions as were asked for have begun, and all of them ended.
  private var hasServedEnough: Bool {
    guard let most = manner.mostSessions else { return false }
    return servers.map(\.server.tally.sessions).reduce(0, +) >= most
      && servers.allSatisfy { $0.server.openCount == 0 }
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
