import SessionTrace
import Wire

/// What is found out once a session is over: a ``Nudge``, and how far away the server's address is.
///
/// The books are closed before it begins, so that a verdict is the same with it and without.
final class PostSession {
  /// One of the two questions.
  private enum Question<Answer> {
    /// The answer is awaited; the closure gives it up.
    case open(giveUp: () -> Void)
    /// It was not asked, given up, or answered.
    case closed(Answer?)

    var isOpen: Bool {
      switch self {
      case .open: true
      case .closed: false
      }
    }

    var answer: Answer? {
      switch self {
      case .open: nil
      case .closed(let answer): answer
      }
    }
  }

  private let network: any Network
  private let nudge: Nudge?
  private let target: TargetRecord?
  private var outcome = Question<Nudge.Outcome>.closed(nil)
  private var path = Question<PathLength>.closed(nil)
  private var onDone: ((Nudge.Outcome?, PathLength?) -> Void)?

  /// Either may be left out; `path` is whose address it is.
  init(network: any Network, nudge: Nudge?, path: TargetRecord?) {
    self.network = network
    self.nudge = nudge
    target = path
  }

  /// Begins both; `leaving` is called once, when the connection is not needed any more, and `done`
  /// once, when both are over.
  func start(
    leaving: @escaping () -> Void, done: @escaping (Nudge.Outcome?, PathLength?) -> Void
  ) {
    onDone = done
    if let address = target?.address {
      let giveUp = network.tracePath(to: address, from: target?.localAddress) { [weak self] in
        self?.path = .closed($0)
        self?.finishIfOver()
      }
      path = .open(giveUp: giveUp)
    }
    guard let nudge else {
      leaving()
      return finishIfOver()
    }
    outcome = .open(giveUp: { nudge.stop() })
    nudge.start { [weak self] in
      self?.outcome = .closed($0)
      leaving()
      self?.finishIfOver()
    }
  }

  /// Ends it now, with what there is.
  func stop() {
    if case .open(let giveUp) = path {
      giveUp()
      path = .closed(nil)
    }
    if case .open(let giveUp) = outcome { giveUp() }
    finishIfOver()
  }

  private func finishIfOver() {
    guard !path.isOpen, !outcome.isOpen, let done = onDone else { return }
    onDone = nil
    done(outcome.answer, path.answer)
  }
}
