import SessionTrace
import Wire

/// What the names of hosts led to so far, in the order in which they are to be tried.
struct CandidateCollection {
  let port: Int
  private var found: [Candidate] = []
  private var failures: [(host: String, failure: ResolveFailure)] = []
  /// Of names that were passed over since the last candidate.
  private var remarks: [String] = []
  private var passedOver: [PassedOver] = []
  /// How many more names were not looked up.
  private var leftOut = 0

  init(port: Int) { self.port = port }

  /// The name has addresses.
  mutating func add(_ addresses: HostAddresses, of exchanger: MailExchanger) {
    if let alias = addresses.alias {
      remarks.append(
        "\(told(exchanger.host)) is an alias (CNAME) of \(told(alias));"
          + " RFC 5321 section 5.1 wants a name that has addresses itself")
    }
    if addresses.isLiteral {
      remarks.append(
        "\(told(exchanger.host)) is an address where an MX record must have a host's name (RFC 5321"
          + " section 5.1): senders may pass it over")
    }
    found += addresses.numbers.map {
      Candidate(
        endpoint: .ip(address: $0, port: port), host: exchanger.host,
        preference: exchanger.preference)
    }
    if !addresses.numbers.isEmpty {
      let first = found.count - addresses.numbers.count
      found[first].remarks = remarks
      found[first].failedLookups = addresses.failed
      found[first].passedOver = passedOver
      remarks = []
      passedOver = []
    }
  }

  /// The name leads nowhere.
  mutating func pass(_ exchanger: MailExchanger, _ failure: ResolveFailure) {
    failures.append((exchanger.host, failure))
    let name = told(exchanger.host)
    let reason = told(failure.failure.text)
    let remark =
      switch failure {
      case .notFound: "\(name) has no address: \(reason)"
      case .temporary, .failed, .nullMX:
        "the addresses of \(name) could not be found out: \(reason)"
      }
    remarks.append(remark)
    passedOver.append(
      PassedOver(host: exchanger.host, preference: exchanger.preference, reason: remark))
  }

  mutating func leaveOut(_ count: Int) {
    leftOut = count
    if count > 0 { remarks.append("\(count) more mail exchangers were not looked up") }
  }

  /// What there is to try at a host that was named itself: it has no preference, and may be an alias like any
  /// host.
  var ofHost: Result<[Candidate], NoCandidate> {
    if found.isEmpty, let failure = failures.first?.failure {
      return .failure(NoCandidate(failure))
    }
    return .success(
      found.map {
        Candidate(endpoint: $0.endpoint, host: $0.host, failedLookups: $0.failedLookups)
      })
  }

  /// What there is to try for the mail of a domain whose route led here.
  func result(of domain: String, by route: MailRoute) -> Result<[Candidate], NoCandidate> {
    let notes = route.remarks(on: domain)
    guard let last = found.indices.last else { return .failure(nothing(of: domain, notes)) }
    var found = found
    for index in found.indices { found[index].isImplicit = route.isImplicit }
    found[0].remarks = notes + found[0].remarks
    found[last].remarks += remarks
    found[last].passedOver += passedOver
    return .success(found)
  }

  /// Exchangers without address are told one by one; a domain that has none but itself is the name that failed.
  private func nothing(of domain: String, _ notes: [String]) -> NoCandidate {
    guard let first = failures.first else { preconditionFailure("a domain without exchanger") }
    if failures.count == 1, first.host == domain {
      return NoCandidate(first.failure, remarks: notes)
    }
    return NoCandidate(
      ResolveFailure(noneOf: failures, leftOut: leftOut, domain: domain), passedOver: passedOver,
      remarks: notes + remarks)
  }
}

extension MailRoute {
  /// What is out of the ordinary about the MX records themselves.
  fileprivate func remarks(on domain: String) -> [String] {
    [
      isImplicit
        ? "\(told(domain)) has no MX record: its own addresses are tried (implicit MX, RFC 5321 section"
          + " 5.1)" : nil,
      hasNullMX
        ? "a null MX, by which \(told(domain)) says that it takes no mail, stands beside other MX"
          + " records, as it must not (RFC 7505 section 3): it is passed over" : nil,
    ].compactMap(\.self)
  }
}

extension ResolveFailure {
  /// More names than a sentence can carry.
  private static let mostNames = 4

  /// Why none of the exchangers of a domain has an address.
  ///
  /// One that nobody could be asked for leaves open whether there is one.
  fileprivate init(
    noneOf failures: [(host: String, failure: ResolveFailure)], leftOut: Int, domain: String
  ) {
    let open = failures.first { !$0.failure.isAnswer }
    let decisive = (open ?? failures[0]).failure
    let reasons = failures.prefix(Self.mostNames).map {
      "\(told($0.host)) (\($0.failure.failure.name))"
    }
    let others = failures.count - reasons.count
    let isOne = failures.count == 1
    let whose =
      isOne
      ? "the only mail exchanger of \(told(domain))"
      : "the \(leftOut > 0 ? "first " : "")\(failures.count) mail exchangers of \(told(domain))"
    let finding =
      switch (open == nil, isOne) {
      case (true, true): "\(whose) has no address"
      case (true, false): "none of \(whose) has an address"
      case (false, true): "the address of \(whose) could not be found out"
      case (false, false): "no address of \(whose) could be found out"
      }
    var failure = decisive.failure
    failure.call = SystemFailure.exchangersCall
    failure.text =
      "\(finding): \(reasons.joined(separator: ", "))" + (others > 0 ? " and \(others) more" : "")
    self = open == nil ? .notFound(failure) : .temporary(failure)
  }

  /// Whether a name server said that there is none.
  private var isAnswer: Bool {
    switch self {
    case .notFound, .nullMX: true
    case .temporary, .failed: false
    }
  }
}

/// Names come from anybody.
private func told(_ text: String) -> String { escapedText(text.utf8) }
