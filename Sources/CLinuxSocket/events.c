#define _GNU_SOURCE
#include "events.h"

#include <errno.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

enum { batch = 128 };

static uint32_t to_epoll(uint32_t events) {
  uint32_t result = 0;
  if (events & WIRE_EVENT_READABLE) result |= EPOLLIN;
  if (events & WIRE_EVENT_WRITABLE) result |= EPOLLOUT;
  if (events & WIRE_EVENT_HANGUP) result |= EPOLLRDHUP;
  if (events & WIRE_EVENT_ON_CHANGE) result |= EPOLLET;
  return result;
}

static uint32_t from_epoll(uint32_t events) {
  uint32_t result = 0;
  if (events & EPOLLIN) result |= WIRE_EVENT_READABLE;
  if (events & EPOLLOUT) result |= WIRE_EVENT_WRITABLE;
  if (events & (EPOLLRDHUP | EPOLLHUP)) result |= WIRE_EVENT_HANGUP;
  if (events & EPOLLERR) result |= WIRE_EVENT_ERROR;
  return result;
}

int wire_epoll_create(void) {
  int fd = epoll_create1(EPOLL_CLOEXEC);
  return fd < 0 ? -errno : fd;
}

static int control(int epoll, int operation, int fd, uint32_t events, uint64_t token) {
  struct epoll_event event = {.events = to_epoll(events), .data.u64 = token};
  return epoll_ctl(epoll, operation, fd, &event) == 0 ? 0 : -errno;
}

int wire_epoll_add(int epoll, int fd, uint32_t events, uint64_t token) {
  return control(epoll, EPOLL_CTL_ADD, fd, events, token);
}

int wire_epoll_change(int epoll, int fd, uint32_t events, uint64_t token) {
  return control(epoll, EPOLL_CTL_MOD, fd, events, token);
}

int wire_epoll_remove(int epoll, int fd) { return control(epoll, EPOLL_CTL_DEL, fd, 0, 0); }

int wire_epoll_wait(int epoll, struct wire_event *events, int capacity, int64_t timeout_us) {
  struct epoll_event ready[batch];
  if (capacity > batch) capacity = batch;
  struct timespec timeout = {.tv_sec = timeout_us / 1000000,
                             .tv_nsec = (timeout_us % 1000000) * 1000};
  int count = epoll_pwait2(epoll, ready, capacity, timeout_us < 0 ? NULL : &timeout, NULL);
  if (count < 0 && errno == ENOSYS) {
    /* Before Linux 5.11: whole milliseconds, rounded up so that no timer wakes too early. */
    int64_t milliseconds = timeout_us < 0 ? -1 : (timeout_us + 999) / 1000;
    if (milliseconds > 3600000) milliseconds = 3600000;
    count = epoll_wait(epoll, ready, capacity, (int)milliseconds);
  }
  if (count < 0) return errno == EINTR ? 0 : -errno;
  for (int index = 0; index < count; index++) {
    events[index].token = ready[index].data.u64;
    events[index].events = from_epoll(ready[index].events);
  }
  return count;
}

static int64_t read_clock(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

int64_t wire_monotonic_us(void) { return read_clock(CLOCK_MONOTONIC); }

int64_t wire_realtime_us(int64_t *monotonic_us) {
  /* The tightest of a few pairs: a preemption between two readings would shift every timestamp. */
  int64_t best_gap = INT64_MAX, realtime = 0;
  for (int attempt = 0; attempt < 5; attempt++) {
    int64_t before = read_clock(CLOCK_MONOTONIC);
    int64_t between = read_clock(CLOCK_REALTIME);
    int64_t after = read_clock(CLOCK_MONOTONIC);
    if (after - before >= best_gap) continue;
    best_gap = after - before;
    *monotonic_us = before + best_gap / 2;
    realtime = between;
  }
  return realtime;
}

int wire_signal_descriptor(const int *numbers, size_t count, uint64_t *newly_blocked) {
  sigset_t wanted, before;
  *newly_blocked = 0;
  sigemptyset(&wanted);
  for (size_t index = 0; index < count; index++)
    if (sigaddset(&wanted, numbers[index]) != 0) return -EINVAL;
  int status = pthread_sigmask(SIG_BLOCK, &wanted, &before);
  if (status != 0) return -status;
  int fd = signalfd(-1, &wanted, SFD_NONBLOCK | SFD_CLOEXEC);
  if (fd < 0) {
    int code = errno;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return -code;
  }
  for (int number = 1; number < 64; number++)
    if (sigismember(&wanted, number) == 1 && sigismember(&before, number) == 0)
      *newly_blocked |= UINT64_C(1) << number;
  return fd;
}

static uint64_t change_mask(int how, uint64_t numbers) {
  sigset_t set, before;
  uint64_t changed = 0;
  sigemptyset(&set);
  for (int number = 1; number < 64; number++)
    if (numbers & (UINT64_C(1) << number)) sigaddset(&set, number);
  if (pthread_sigmask(how, &set, &before) != 0) return 0;
  for (int number = 1; number < 64; number++)
    if ((numbers & (UINT64_C(1) << number)) &&
        (sigismember(&before, number) == 1) == (how == SIG_UNBLOCK))
      changed |= UINT64_C(1) << number;
  return changed;
}

uint64_t wire_signals_block(uint64_t numbers) { return change_mask(SIG_BLOCK, numbers); }

uint64_t wire_signals_let_through(uint64_t numbers) { return change_mask(SIG_UNBLOCK, numbers); }

void wire_signals_forget(uint64_t numbers) {
  sigset_t set;
  struct timespec none = {0};
  sigemptyset(&set);
  for (int number = 1; number < 64; number++)
    if (numbers & (UINT64_C(1) << number)) sigaddset(&set, number);
  while (sigtimedwait(&set, NULL, &none) > 0) {}
}

int wire_signal_is_ignored(int number) {
  struct sigaction action;
  return sigaction(number, NULL, &action) == 0 && action.sa_handler == SIG_IGN;
}

static uint64_t ignored_by_us;

void wire_signal_ignore(int number) {
  if (wire_signal_is_ignored(number) || signal(number, SIG_IGN) == SIG_ERR) return;
  ignored_by_us |= UINT64_C(1) << number;
}

void wire_signals_restore(void) {
  for (int number = 1; number < 64; number++)
    if (ignored_by_us & (UINT64_C(1) << number)) signal(number, SIG_DFL);
}

int wire_signal_next(int fd) {
  struct signalfd_siginfo info;
  ssize_t count = read(fd, &info, sizeof info);
  return count == (ssize_t)sizeof info ? (int)info.ssi_signo : 0;
}

void wire_signal_unblock(uint64_t numbers) { change_mask(SIG_UNBLOCK, numbers); }

int wire_close(int fd) { return close(fd) == 0 ? 0 : -errno; }
