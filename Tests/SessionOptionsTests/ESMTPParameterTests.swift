import SessionOptions
import Testing

@Suite("Parameters of MAIL and RCPT")
struct ESMTPParameterTests {
  @Test(
    "are read as RFC 5321 writes them, and know by which keyword they are offered",
    arguments: [
      ("BODY=8BITMIME", "8BITMIME"), ("body=binarymime", "BINARYMIME"), ("SIZE=1", "SIZE"),
      ("RET=HDRS", "DSN"), ("ENVID=a+2Bb", "DSN"), ("NOTIFY=SUCCESS,FAILURE", "DSN"),
      ("ORCPT=rfc822;a+2Bb+3D@example.org", "DSN"), ("AUTH=<>", "AUTH"),
      ("ORCPT=utf-8;\u{FC}@example.org", "DSN"), ("REQUIRETLS", "REQUIRETLS"),
      ("BY=120;R", "DELIVERBY"), ("MT-PRIORITY=-3", "MT-PRIORITY"), ("HOLDFOR=60", "FUTURERELEASE"),
      ("X-other=any/thing", "X-OTHER"), ("9=\u{E9}", "9"),
    ])
  func reads(text: String, offer: String) throws {
    let parameter = try ESMTPParameter(option: text)
    #expect(parameter.optionText == text)
    #expect(parameter.offer == offer)
  }

  @Test(
    "are refused where they would be no parameter, with what would do",
    arguments: [
      ("", "letters, digits and hyphens"), ("=x", "letters, digits and hyphens"),
      ("-A", "letters, digits and hyphens"), ("A_B=1", "letters, digits and hyphens"),
      ("RET=", "needs a value"), ("RET=A\r\nRCPT", "needs a value without spaces"),
      ("RET=A B", "needs a value without spaces"), ("SIZE=1=2", "holds no ="),
      ("ENVID=a+b", "write +2B for the + of +b"), ("ENVID=a+2b", "write +2B"),
      ("AUTH=a=b", "write +3D for ="), ("ORCPT=a@b", "ORCPT=rfc822;user@example.org"),
      ("ORCPT=rfc822;a+b@c", "write +2B for the + of +b@"), ("ENVID=a\u{FC}", "which is ASCII"),
      ("ORCPT=rfc822;\u{FC}@x", "which is ASCII"),
    ])
  func refuses(text: String, problem: String) {
    let error = #expect(throws: OptionWordError.self) { try ESMTPParameter(option: text) }
    #expect(error?.description.contains(problem) == true, "\(String(describing: error))")
  }
}
