import Authentication
import Lab
import Probe
package import Reporting
package import SessionOptions
import SessionTrace
package import Wire

/// A list whose every line was read and found good, with what its sessions have in common.
package struct ScanSetup: Sendable {
  package let list: TargetList
  /// Stands for the list and the options of all.
  package let plan: String
  package let shard: Shard
  /// The targets of this shard, by their numbers from 0.
  package let members: NumberSet
  /// The fixtures among them, as typed.
  package let labs: Set<String>
  /// Whether fixtures play their faults.
  var playsFault: Bool { options.fault }
  private let options: SessionOptions
  private let held: HeldInput

  /// Reads every line once; a bad one is told before anything is sent. With `delivers` the list may deliver
  /// mail to other hosts.
  ///
  /// `standardInput` is what `--data` can read once, for every session anew.
  package init(
    _ list: TargetList, options: SessionOptions, shard: Shard = .whole, mayDeliver: Bool = false,
    standardInput: [UInt8]? = nil
  ) throws(ExitMessage) {
    self.list = list
    self.shard = shard
    let held = HeldInput(
      message: standardInput, credentials: try Self.credentials(options, list))
    self.held = held
    var common = options
    // Found out once, and not for each target.
    if common.ehlo == nil {
      common.ehlo = HostFacts.sysctls(["kernel.hostname"]).values.first ?? "localhost"
    }
    self.options = common
    try Self.check(common, held)
    var hash = stableHash(
      options.recorded.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.text)\n" }.joined()
        .utf8)
    var members = NumberSet(below: list.count)
    var labs: Set<String> = []
    var checked = LineCheck()
    for number in 0..<list.count {
      let line = list.line(of: number)
      hash = stableHash(line, from: hash)
      let place = "\(list.name):\(list.lineNumber(of: number))"
      let request: SessionRequest
      do throws(PlanError) {
        request = try Self.request(line, common, held)
        if shard.holds(host: request.host) { members.insert(number) }
        if request.target.isLab { labs.insert(request.target.given) }
        try checked.check(request)
      } catch {
        // What is wrong with a line is no matter of the command line.
        throw ExitMessage(
          status: error.status == .usage ? .badInput : error.status,
          text: "\(place): \(error.description)")
      }
      if request.options.deliversMail, !request.target.isOnThisHost, !mayDeliver {
        throw ExitMessage(
          status: .usage,
          text: "\(place): a session delivers a message to \(request.target.given): say --yes")
      }
    }
    let digits = String(hash, radix: 16)
    plan = String(repeating: "0", count: 16 - digits.count) + digits
    self.members = members
    self.labs = labs
  }

  /// Those for `--auth`. Where all targets are fixtures, their own user will do.
  private static func credentials(
    _ options: SessionOptions, _ list: TargetList
  ) throws(ExitMessage) -> Credentials? {
    guard options.authChoice != nil else { return nil }
    let targets = (0..<list.count).lazy.compactMap { try? ScanTarget(list.line(of: $0))?.target }
    guard let other = targets.first(where: { !$0.isLab }) ?? targets.first else { return nil }
    return try Credentials.given(by: options, at: other)
  }

  /// The options of all by themselves, wherever they lead.
  private static func check(
    _ common: SessionOptions, _ held: HeldInput
  ) throws(ExitMessage) {
    guard let target = Target("localhost") else { return }
    let request = held.request(at: target, common)
    do throws(PlanError) { _ = try request.plan(at: nil, arguments: []) } catch {
      throw ExitMessage(status: error.status, text: error.description)
    }
  }

  /// A target with what was asked for it.
  func target(_ number: Int) throws(ScanLineError) -> ScanTarget {
    guard let target = try ScanTarget(list.line(of: number)) else {
      throw ScanLineError("an empty line")
    }
    return target
  }

  func request(_ number: Int) throws(PlanError) -> SessionRequest {
    try Self.request(list.line(of: number), options, held)
  }

  private static func request(
    _ line: ArraySlice<UInt8>, _ common: SessionOptions, _ held: HeldInput
  ) throws(PlanError) -> SessionRequest {
    let read: ScanTarget
    do throws(ScanLineError) {
      guard let found = try ScanTarget(line) else { throw ScanLineError("an empty line") }
      read = found
    } catch {
      throw PlanError(.badInput, error.description)
    }
    return try SessionRequest(read, common: common, held: held)
  }
}

extension SessionRequest {
  /// The host that it is about, as written: what makes one group of many targets.
  var host: String {
    switch (options.server ?? target).place {
    case .host(let name), .mailDomain(let name), .lab(let name), .unix(let name): name
    }
  }
}
