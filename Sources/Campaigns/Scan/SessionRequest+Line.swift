import Probe
import SessionOptions
import Wire

extension SessionRequest {
  /// The session that a line of a list asks for: with the options of all, and its own in their place.
  ///
  /// `standardInput` is what `--data` of all can read once, for every session anew.
  init(
    _ read: ScanTarget, common: SessionOptions, standardInput: [UInt8]?
  ) throws(PlanError) {
    var options = common
    do throws(OptionConflict) {
      if !read.entries.isEmpty { _ = try options.replace(with: read.entries) }
    } catch {
      throw PlanError(.badInput, error.description)
    }
    let hasOwnData = options.data != nil && options.data != common.data
    if hasOwnData, let data = options.data, data == "-" || InputFile.isReadOnce(path: data) {
      throw PlanError(.badInput, "--data \(data) can be read once; name a file that stays")
    }
    self.init(
      target: read.target, options: options, standardInput: hasOwnData ? nil : standardInput)
    hasOwnOptions = hasOwnData || !read.entries.isEmpty
  }
}
