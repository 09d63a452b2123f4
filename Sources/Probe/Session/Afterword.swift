import SessionTrace
import Wire

/// What is found out once a session is over: a ``Nudge``, and how far away the server's address is.
///
/// The books are closed before it begins, so that a verdict is the same with it and without.
final class Afterword {
  private let network: any Network
  private let path: TargetRecord?
  private var nudge: Nudge?
  private var outcome: Nudge.Outcome?
  private var length: PathLength?
  private var isPathKnown: Bool
  private var cancelPath: (() -> Void)?
  private var onLeaving: (() -> Void)?
  private var onDone: ((Nudge.Outcome?, PathLength?) -> Void)?

  /// Either may be left out; `path` is whose address it is.
  init(network: any Network, nudge: Nudge?, path: TargetRecord?) {
    self.network = network
    self.nudge = nudge
    self.path = path
    isPathKnown = path?.address == nil
  }

  /// Begins both; `leaving` is called once, when the connection is not needed any more, and `done`
  /// once, when both are over.
  func start(
    leaving: @escaping () -> Void, done: @escaping (Nudge.Outcome?, PathLength?) -> Void
  ) {
    onLeaving = leaving
    onDone = done
    if let address = path?.address {
      cancelPath = network.tracePath(to: address, from: path?.localAddress) { [weak self] length in
        self?.length = length
        self?.isPathKnown = true
        self?.finishIfOver()
      }
    }
    guard let nudge else { return leave() }
    nudge.start { [weak self] outcome in
      self?.outcome = outcome
      self?.nudge = nil
      self?.leave()
      self?.finishIfOver()
    }
  }

  private func leave() {
    onLeaving?()
    onLeaving = nil
  }

  /// Ends it now, with what there is.
  func stop() {
    cancelPath?()
    isPathKnown = true
    nudge?.stop()
    finishIfOver()
  }

  private func finishIfOver() {
    guard isPathKnown, nudge == nil, let done = onDone else { return }
    onDone = nil
    cancelPath = nil
    done(outcome, length)
  }
}
