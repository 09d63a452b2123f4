import Diagnosis
import Testing

@Suite("A kernel's release")
struct KernelReleaseTests {
  @Test(
    "is read from uname, whatever the distribution adds, and says whether the fix is in it",
    arguments: [
      ("5.18.0", [5, 18, 0], true), ("5.17.6", [5, 17, 6], true), ("5.17.5", [5, 17, 5], false),
      ("5.18.0-rc1", [5, 18, 0], true), ("6.1.0-18-amd64", [6, 1, 0], true),
      ("5.15.0-91-generic", [5, 15, 0], false), ("5.10.0-28-cloud-amd64", [5, 10, 0], false),
      ("4.18.0-513.9.1.el8_9.x86_64", [4, 18, 0], false),
      ("5.14.0-362.el9.x86_64", [5, 14, 0], false),
      ("5.15.167.4-microsoft-standard-WSL2", [5, 15, 167], false),
      ("10.0.1", [10, 0, 1], true), ("5.9", [5, 9, 0], false), ("6.18-fc", [6, 18, 0], true),
      ("5.17.", [5, 17, 0], false), ("5.17.x", [5, 17, 0], false),
    ])
  func reads(text: String, numbers: [Int], isFixed: Bool) throws {
    let release = try #require(KernelRelease(text))
    #expect([release.major, release.minor, release.patch] == numbers)
    #expect(release.keepsWindowScaleAfterFastOpen == isFixed)
  }

  @Test(
    "is unknown where the text is no version",
    arguments: [
      "", "5", "5.", ".5", "generic", "v5.18", "5,18", "-5.18", "99999999999999999999.1",
      "5.99999999999999999999", "\u{0665}.18", " 5.18",
    ])
  func refuses(text: String) { #expect(KernelRelease(text) == nil) }
}
