package import Wire

/// A fixture's server, and its network when it has one, ready for a client.
package struct LabRun {
  package let server: LabServer
  /// Kept alive while the server is.
  private let network: LabNetwork?

  /// A fixture with a network moves the process into it: make the run before any thread.
  package init(
    _ fixture: Fixture, playsFault: Bool, overIPv6: Bool, loop: EventLoop
  ) throws {
    do {
      guard let script = fixture.network?.script(faultsEnabled: playsFault) else {
        server = try LabServer(fixture: fixture, loop: loop, faultsEnabled: playsFault)
        network = nil
        return
      }
      let network = try LabNetwork(script: script, loop: loop)
      server = try network.serve(fixture, faultsEnabled: playsFault, overIPv6: overIPv6)
      self.network = network
    } catch let error as NetworkError {
      throw ExitMessage(status: .noPermission, text: error.description)
    } catch let error as LabError {
      throw ExitMessage(error, otherwise: .ownHost)
    }
  }
}

extension ExitMessage {
  /// A lab that could not be set up; `otherwise` is whose mistake it is when nothing was lacking.
  init(_ error: LabError, otherwise: ExitStatus) {
    self.init(status: error.cause?.statusOfThisHost ?? otherwise, text: error.description)
  }
}
