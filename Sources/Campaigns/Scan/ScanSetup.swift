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
  private let standardInput: [UInt8]?
  private let trials = TLSTrials()

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
    self.standardInput = standardInput
    var common = options
    // Found out once, and not for each target.
    if common.ehlo == nil {
      common.ehlo = HostFacts.sysctls(["kernel.hostname"]).values.first ?? "localhost"
    }
    self.options = common
    try Self.check(common, standardInput)
    var hash = stableHash(
      options.recorded.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.text)\n" }.joined()
        .utf8)
    var members = NumberSet(below: list.count)
    var labs: Set<String> = []
    var checked = Checked()
    for number in 0..<list.count {
      let line = list.line(of: number)
      hash = stableHash(line, from: hash)
      let place = "\(list.name):\(list.lineNumber(of: number))"
      let request: SessionRequest
      do throws(PlanError) {
        request = try Self.request(line, common, standardInput, trials)
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

  /// What was found good already, and need not be looked at again.
  private struct Checked {
    var labs: Set<String> = []

    mutating func check(_ request: SessionRequest) throws(PlanError) {
      try check(lab: request.target)
      // The whole plan, with TLS and message, where options of its own may stand against it.
      if request.hasOwnOptions {
        _ = try request.plan(at: nil, arguments: [])
      } else {
        try request.check()
      }
    }

    private mutating func check(lab target: Target) throws(PlanError) {
      guard case .lab(let name) = target.place, labs.insert(name).inserted else { return }
      let fixture: Fixture
      do throws(ExitMessage) { fixture = try namedFixture(name) } catch {
        throw PlanError(error.status, error.text)
      }
      if fixture.network != nil {
        throw PlanError(
          .badInput, "\(target.given) brings a network of its own: probe it by itself")
      }
    }
  }

  /// The options of all by themselves, wherever they lead.
  private static func check(
    _ common: SessionOptions, _ standardInput: [UInt8]?
  ) throws(ExitMessage) {
    guard let target = Target("localhost") else { return }
    let request = SessionRequest(target: target, options: common, standardInput: standardInput)
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
    try Self.request(list.line(of: number), options, standardInput, trials)
  }

  private static func request(
    _ line: ArraySlice<UInt8>, _ common: SessionOptions, _ standardInput: [UInt8]?,
    _ trials: TLSTrials
  ) throws(PlanError) -> SessionRequest {
    do throws(ScanLineError) {
      guard let read = try ScanTarget(line) else { throw ScanLineError("an empty line") }
      var options = common
      if !read.entries.isEmpty {
        do throws(OptionConflict) {
          _ = try options.replace(with: read.entries)
        } catch {
          throw ScanLineError(error.description)
        }
      }
      guard let data = options.data, data != common.data else {
        var request = SessionRequest(
          target: read.target, options: options, standardInput: standardInput, trials: trials)
        request.hasOwnOptions = !read.entries.isEmpty
        return request
      }
      if data == "-" || InputFile.isReadOnce(path: data) {
        throw ScanLineError("--data \(data) can be read once; name a file that stays")
      }
      var request = SessionRequest(target: read.target, options: options)
      request.hasOwnOptions = true
      return request
    } catch {
      throw PlanError(.badInput, error.description)
    }
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
