/// The repository that the tests were built from.
package enum Repository {
  /// Its folder.
  package static let path =
    "\(#filePath)".split(separator: "/").dropLast(3).map { "/" + $0 }.joined()

  /// Where the tests are, and the programs that some of them run.
  package static let tests = path + "/Tests"
}
