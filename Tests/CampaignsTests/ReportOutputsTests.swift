import Campaigns
import Diagnosis
import Reporting
import TestSupport
import Testing
import Wire

@Suite("The places that a report goes to")
struct ReportOutputsTests {
  private let document = CatalogueDocument(
    entries: Array(Catalogue.causes.prefix(1)), detail: .whole)

  @Test("get what their endings say, and nothing before")
  func endings() throws {
    let old = Array("as it was".utf8)
    let json = try Scratch(old, ending: ".json")
    let markdown = try Scratch(old, ending: ".md")
    let outputs = try ReportOutputs(
      files: [ReportPlace(json.path), ReportPlace(markdown.path)], standard: nil)
    #expect(try contents(of: json.path) == old)
    try outputs.write(document)
    #expect(try contents(of: json.path) == ReportFormat.json.document(document))
    #expect(try contents(of: markdown.path) == ReportFormat.markdown.document(document))
  }

  @Test("must be there before anything is done")
  func missing() {
    let path = "/no/such/folder/report.json"
    let error = #expect(throws: ExitMessage.self) {
      try ReportOutputs(files: [ReportPlace(path)], standard: nil)
    }
    #expect(error?.status == .cannotWrite)
    #expect(error?.text.hasPrefix("-o \(path): ") == true)
  }

  @Test("take no kind of report that has no such form")
  func noForm() throws {
    let file = try Scratch([], ending: ".xml")
    let outputs = try ReportOutputs(files: [ReportPlace(file.path)], standard: nil)
    let error = #expect(throws: ExitMessage.self) { try outputs.write(document) }
    #expect(error?.status == .usage)
    #expect(error?.text.hasPrefix("-o \(file.path): a report of kind catalogue") == true)
  }

  @Test("a saved report that is none is named with what is wrong")
  func saved() throws {
    let file = try Scratch(Array("{}".utf8), ending: ".json")
    let error = #expect(throws: ExitMessage.self) { try SavedDocument(path: file.path) }
    #expect(error?.status == .badInput)
    #expect(error?.text.hasPrefix("\(file.path): ") == true)
    #expect(throws: ExitMessage.self) { try SavedDocument(path: "/no/such/report.json") }
  }
}
