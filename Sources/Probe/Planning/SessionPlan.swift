package import Authentication
package import SessionOptions
package import SessionTrace
package import SMTPDialogue
package import TLSEngine
package import Wire

/// All that one session will do, decided before its first packet.
package struct SessionPlan: Sendable {
  package var target: TargetPlan
  package var family: AddressFamily = .any
  package var socket = SocketOptions()
  package var dialogue: DialoguePlan
  /// Makes the message content anew for each session; `nil` sends none.
  package var content: (@Sendable () -> any ContentSource)?
  package var segmentation: Segmentation?
  package var tls = ClientConfiguration()
  /// Whose policy of MTA-STS is to be kept to; `nil` asks for none.
  package var policy: PolicyQuestion?
  /// By whom TLSA records are validated, to which the session keeps; `nil` asks for none.
  package var dane: ValidatorPlan?
  /// Who we say that we are; `nil` for nobody.
  package var authentication: AuthenticationSetup?
  package var timeouts = Timeouts()
  /// What is said of the connection before anything else; `nil` says nothing.
  package var proxy: ProxyHeader?
  /// Closes our direction behind QUIT.
  package var halfCloses = false
  /// Ends a session that would crawl for ever; whoever has patience without end says no.
  package var endsCrawls = true
  /// Sends a `NOOP` into the silence when a reply stays away although everything was acknowledged.
  package var nudges = false
  /// Finds out how far away whoever acknowledges is; that takes a `NOOP`, stall or not.
  package var countsHops = false
  /// Whether it is noted when each write left this host. Reports draw it; no verdict asks for it.
  package var timesSending = true
  /// The command line, secrets replaced, for the report.
  package var arguments: [String] = []
  /// Every effective option by its long name, for the report.
  package var options: [String: OptionValue] = [:]

  package init(target: TargetPlan, dialogue: DialoguePlan) {
    self.target = target
    self.dialogue = dialogue
  }
}

/// Who we say that we are, and by which mechanisms.
package struct AuthenticationSetup: Sendable {
  package var choice: SASLChoice
  package var credentials: Credentials
  /// Whether clear text stays on this host.
  package var isServerOnThisHost: Bool
}

/// Whom to reach, as typed and as understood.
package struct TargetPlan: Sendable, Equatable {
  /// What kind of place it is.
  package enum Place: Sendable, Equatable {
    /// A name or a literal address.
    case host(String)
    /// A mail domain: its MX records in order, every address of each.
    case mailDomain(String)
    /// A UNIX socket.
    case unix(path: String)
  }

  package var given: String
  package var place: Place
  package var port: Int
  /// The one name server to ask; `nil` for the system's way.
  package var nameServer: Endpoint?

  package init(given: String, place: Place, port: Int, nameServer: Endpoint? = nil) {
    self.given = given
    self.place = place
    self.port = port
    self.nameServer = nameServer
  }

  /// The name for reports.
  package var name: String {
    switch place {
    case .host(let name), .mailDomain(let name): name
    case .unix(let path): path
    }
  }
}
