/* epoll(7), clocks, eventfd(2) and signalfd(2) with plain numbers. */
#ifndef CLINUXSOCKET_EVENTS_H
#define CLINUXSOCKET_EVENTS_H

#include <stddef.h>
#include <stdint.h>

/* What is asked for and what came; EPOLL* in bits that do not depend on the machine. */
enum {
  WIRE_EVENT_READABLE = 1,  /* EPOLLIN */
  WIRE_EVENT_WRITABLE = 2,  /* EPOLLOUT */
  WIRE_EVENT_HANGUP = 4,    /* EPOLLRDHUP or EPOLLHUP */
  WIRE_EVENT_ERROR = 8,     /* EPOLLERR; cannot be switched off */
  WIRE_EVENT_ON_CHANGE = 16 /* EPOLLET */
};

/* An event and the number its descriptor was registered under. */
struct wire_event {
  uint64_t token;
  uint32_t events;
};

int wire_epoll_create(void);
int wire_epoll_add(int epoll, int fd, uint32_t events, uint64_t token);
int wire_epoll_change(int epoll, int fd, uint32_t events, uint64_t token);
int wire_epoll_remove(int epoll, int fd);

/* Number of events; 0 at the timeout and after a signal. A negative timeout waits for ever. */
int wire_epoll_wait(int epoll, struct wire_event *_Nonnull events, int capacity, int64_t timeout_us);

/* CLOCK_MONOTONIC, microseconds. */
int64_t wire_monotonic_us(void);

/* CLOCK_REALTIME at the moment when CLOCK_MONOTONIC read *monotonic_us, microseconds. */
int64_t wire_realtime_us(int64_t *_Nonnull monotonic_us);

/* A descriptor that becomes readable when one of the signals is pending; they are blocked first.
 * The ones that were not blocked before come back in *newly_blocked, one bit a number from bit 0. */
int wire_signal_descriptor(const int *_Nonnull numbers, size_t count, uint64_t *_Nonnull newly_blocked);

/* Blocks signals of this thread, or lets them through: a bit each, 1 << number. The bits of those that
 * were not so before. */
uint64_t wire_signals_block(uint64_t numbers);
uint64_t wire_signals_let_through(uint64_t numbers);

/* Takes those that are pending, without effect. */
void wire_signals_forget(uint64_t numbers);

/* Whether whoever started this process ignores it: nohup(1). */
int wire_signal_is_ignored(int number);

void wire_signal_ignore(int number);

/* Undoes that in a child, which would inherit it. */
void wire_signals_restore(void);

/* The next pending signal's number, 0 when there is none. */
int wire_signal_next(int fd);

/* Undoes the blocking. */
void wire_signal_unblock(uint64_t numbers);

int wire_close(int fd);

#endif
