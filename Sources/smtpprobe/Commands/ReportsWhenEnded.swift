/// A command that has a report to write when a signal ends it.
protocol ReportsWhenEnded {}
