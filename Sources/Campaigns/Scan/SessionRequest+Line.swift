import Authentication
import Probe
import SessionOptions
import SessionTrace
import Wire

/// What can be read once, or need be, for all sessions of a list.
struct HeldInput: Sendable {
  /// What `--data` can read once; `nil` where it is read anew.
  let message: [UInt8]?
  let recipients = RecipientFile()
  let trials = TLSTrials()
  /// For `--auth`; a password is read, or asked for, once.
  let credentials: Credentials?

  init(message: [UInt8]?, credentials: Credentials? = nil) {
    self.message = message
    self.credentials = credentials
  }

  func request(at target: Target, _ options: SessionOptions) -> SessionRequest {
    SessionRequest(
      target: target, options: options, standardInput: message, credentials: credentials,
      recipientFile: recipients, trials: trials)
  }
}

extension SessionRequest {
  /// The session that a line of a list asks for: with the options of all, and its own in their place.
  init(_ read: ScanTarget, common: SessionOptions, held: HeldInput) throws(PlanError) {
    // Nearly all of a million lines: nothing of theirs is to be held against what is given to all.
    guard !read.entries.isEmpty else {
      self = held.request(at: read.target, common)
      return
    }
    var options = common
    do throws(OptionConflict) {
      _ = try options.replace(with: read.entries)
    } catch {
      throw PlanError(.badInput, error.description)
    }
    if options.toFile == "-", common.toFile != "-" {
      throw PlanError(.badInput, "--to-file - can be read once; name a file that stays")
    }
    if options.authWords != common.authWords {
      throw PlanError(.badInput, "AUTH is for all targets of a list: give its options to the scan")
    }
    let hasOwnData = options.data != nil && options.data != common.data
    if hasOwnData, let data = options.data, data == "-" || InputFile.isReadOnce(path: data) {
      throw PlanError(.badInput, "--data \(data) can be read once; name a file that stays")
    }
    self =
      hasOwnData
      ? SessionRequest(
        target: read.target, options: options, credentials: held.credentials)
      : held.request(at: read.target, options)
    hasOwnOptions = true
  }
}
