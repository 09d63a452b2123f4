import Probe
import SessionTrace
import Wire

/// A simulated network knows no DNSSEC unless it says so: every zone on it is unsigned.
extension Network {
  func ask(
    _ question: SecureQuestion, by validator: ValidatorPlan, within limit: Microseconds,
    _ done: @escaping (SecureAnswer) -> Void
  ) {
    soon { done(SecureAnswer(.insecure)) }
  }
}
