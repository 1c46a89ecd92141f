package store

import (
	"context"
	"database/sql"
	"time"
)

// projectionLock is the advisory lock that the projecting gateway holds.
const projectionLock = 0x746f756368 // "touch"

const (
	tryLead  = time.Second
	keepLead = 2 * time.Second
)

// Lead waits until no other gateway projects and then runs fn, whose context
// ends when the lock may be lost. The lock only spares work: Project itself
// refuses a projector that is not at the checkpoint.
func (s *Store) Lead(ctx context.Context, fn func(context.Context) error) error {
	conn, err := s.db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	if err := waitForLock(ctx, conn); err != nil {
		return err
	}
	defer unlock(conn)
	lead, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	go watch(lead, conn, stop)
	return fn(lead)
}

func waitForLock(ctx context.Context, conn *sql.Conn) error {
	for {
		var got bool
		if err := conn.QueryRowContext(ctx, `select pg_try_advisory_lock($1)`, projectionLock).Scan(&got); err != nil || got {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(tryLead):
		}
	}
}

// unlock runs when its caller's context may be over already. A connection that
// is lost has unlocked by itself.
func unlock(conn *sql.Conn) {
	ctx, cancel := context.WithTimeout(context.Background(), keepLead)
	defer cancel()
	_, _ = conn.ExecContext(ctx, `select pg_advisory_unlock($1)`, projectionLock)
}

// watch stops the leader when the connection that holds the lock is gone.
func watch(ctx context.Context, conn *sql.Conn, stop context.CancelCauseFunc) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(keepLead):
		}
		if err := conn.PingContext(ctx); err != nil {
			stop(err)
			return
		}
	}
}
