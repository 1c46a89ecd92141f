package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/touchstone-trace/touchstone/verifier/program/wait"
)

// The advisory locks of what one gateway at a time does.
const (
	projectionLock = 0x746f756368 // "touch"
	deskLock       = 0x6465736b   // "desk"
)

const (
	tryLead  = time.Second
	keepLead = 2 * time.Second
	hungLead = 8 * time.Second // without a sign of life from the leader
)

// Lead waits until no other gateway projects and then runs fn, whose context
// ends when the lock may be lost. The lock only spares work: Project itself
// refuses a projector that is not at the checkpoint.
func (s *Store) Lead(ctx context.Context, fn func(context.Context) error) error {
	return s.lead(ctx, projectionLock, fn)
}

// LeadDesk does as Lead, for the work of the service desk. That lock too only
// spares work: the ledger refuses what is done a second time.
func (s *Store) LeadDesk(ctx context.Context, fn func(context.Context) error) error {
	return s.lead(ctx, deskLock, fn)
}

func (s *Store) lead(ctx context.Context, lock int64, fn func(context.Context) error) error {
	conn, err := s.db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	if err := waitForLock(ctx, conn, lock); err != nil {
		return err
	}
	defer unlock(conn, lock)
	// A leader that hangs does not ping, so Postgres ends its session and another can lead.
	if _, err := conn.ExecContext(
		ctx,
		`select set_config('idle_session_timeout', $1, false)`,
		fmt.Sprint(hungLead.Milliseconds()),
	); err != nil {
		return err
	}
	lead, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	go watch(lead, conn, stop)
	return fn(lead)
}

func waitForLock(ctx context.Context, conn *sql.Conn, lock int64) error {
	for {
		var got bool
		if err := conn.QueryRowContext(ctx, `select pg_try_advisory_lock($1)`, lock).Scan(&got); err != nil || got {
			return err
		}
		if !wait.For(ctx, tryLead) {
			return ctx.Err()
		}
	}
}

// unlock runs when its caller's context may be over already. A connection that
// is lost has unlocked by itself.
func unlock(conn *sql.Conn, lock int64) {
	ctx, cancel := context.WithTimeout(context.Background(), keepLead)
	defer cancel()
	_, _ = conn.ExecContext(ctx, `select pg_advisory_unlock($1), set_config('idle_session_timeout', '0', false)`, lock)
}

// watch stops the leader when the connection that holds the lock is gone.
func watch(ctx context.Context, conn *sql.Conn, stop context.CancelCauseFunc) {
	for wait.For(ctx, keepLead) {
		if err := conn.PingContext(ctx); err != nil {
			stop(err)
			return
		}
	}
}
