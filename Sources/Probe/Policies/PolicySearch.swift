import SessionTrace
import StrictTransport
import Wire

/// Finds out which policy of MTA-STS a domain has.
///
///     _mta-sts.example.com TXT ──► addresses of mta-sts.example.com ──► GET by HTTPS ──► policy
///
/// Whatever goes wrong ends it with what went wrong: a domain whose policy cannot be had is one without
/// (RFC 8461 section 3.3). Source: RFC 8461 sections 3.1 to 3.3.
final class PolicySearch {
  static let path = "/.well-known/mta-sts.txt"

  private let question: PolicyQuestion
  private let network: any Network
  private let start: Microseconds
  private var done: ((PolicyFinding) -> Void)?
  private var finding = PolicyFinding()
  private var fetch: PolicyFetch?
  private var cancelDeadline: (() -> Void)?

  init(_ question: PolicyQuestion, on network: any Network) {
    self.question = question
    self.network = network
    start = network.now
  }

  /// Begins; `done` is called once, later.
  func start(_ done: @escaping (PolicyFinding) -> Void) {
    self.done = done
    cancelDeadline = network.schedule(at: start + question.limit) { [weak self] in
      self?.tookTooLong()
    }
    network.texts(
      of: question.recordName, nameServer: question.nameServer, within: lookupLimit
    ) { [weak self] in self?.heard($0) }
  }

  /// Ends it without a word.
  func cancel() {
    done = nil
    cancelDeadline?()
    fetch?.cancel()
  }

  private var lookupLimit: Microseconds {
    max(1, min(question.connectLimit, start + question.limit - network.now))
  }

  private func heard(_ texts: Result<[[UInt8]], ResolveFailure>) {
    guard done != nil else { return }
    do throws(STSRecord.Absence) {
      switch texts {
      case .success(let records):
        _ = try STSRecord.find(among: records)
        findHost()
      case .failure(.notFound): throw .none(nearly: nil)
      case .failure(let failure):
        finish("\(question.recordName) could not be looked up: \(told(failure))")
      }
    } catch {
      finish("\(question.recordName): \(error.text)")
    }
  }

  private func findHost() {
    finding.isAnnounced = true
    let host = TargetPlan(
      given: question.host, place: .host(question.host), port: question.port,
      nameServer: question.nameServer)
    network.candidates(for: host, family: question.family, within: lookupLimit) {
      [weak self] found in
      guard let self, done != nil else { return }
      switch found {
      case .success(let candidates): fetch(from: candidates)
      case .failure(let nothing):
        fail(.stsPolicyFetchError, "\(question.host) has no address: \(told(nothing.reason))")
      }
    }
  }

  private func fetch(from candidates: [Candidate]) {
    let fetch = PolicyFetch(
      host: question.host, path: Self.path, tls: question.policyHostTLS,
      connectLimit: question.connectLimit, on: network)
    self.fetch = fetch
    fetch.start(at: candidates) { [weak self] outcome in
      guard let self, done != nil else { return }
      switch outcome {
      case .success(let answer): read(answer)
      case .failure(let failure): fail(failure.result, failure.text)
      }
    }
  }

  private func read(_ answer: HTTPAnswer) {
    let text: [UInt8]
    do throws(HTTPError) {
      text = try answer.policyText()
    } catch {
      return fail(.stsPolicyFetchError, "https://\(question.host)\(Self.path): \(error.text)")
    }
    do throws(STSPolicyError) {
      finding.policy = try STSPolicy(parsing: text)
      finish(nil)
    } catch {
      fail(.stsPolicyInvalid, "https://\(question.host)\(Self.path): \(error.description)")
    }
  }

  private func tookTooLong() {
    let limit = "within \(question.limit / 1_000_000) s"
    guard finding.isAnnounced else {
      return finish("\(question.recordName) could not be looked up \(limit)")
    }
    fail(
      .stsPolicyFetchError,
      fetch.map { "no policy \(limit): \($0.whereItStands)" }
        ?? "\(question.host) could not be looked up \(limit)")
  }

  private func fail(_ result: TLSPolicyRecord.Result, _ reason: String) {
    finding.result = result
    finish(reason)
  }

  private func finish(_ reason: String?) {
    guard let done else { return }
    finding.reason = reason
    finding.took = network.now - start
    cancel()
    done(finding)
  }

  private func told(_ failure: ResolveFailure) -> String { escapedText(failure.failure.text.utf8) }
}
