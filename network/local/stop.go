package local

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"github.com/touchstone-trace/touchstone/network/postgres"
	"github.com/touchstone-trace/touchstone/network/supervise"
)

// Stop ends whatever runs in a state folder, from another process.
func Stop(ctx context.Context, path string, log *slog.Logger) error {
	state, account, err := look(path)
	if err != nil {
		return err
	}
	if account.Supervisor.Alive() {
		if err := syscall.Kill(account.Supervisor.PID, syscall.SIGTERM); err != nil {
			return err
		}
	}
	for account.Supervisor.Alive() {
		select {
		case <-ctx.Done():
			return fmt.Errorf("process %d does not stop: %w", account.Supervisor.PID, context.Cause(ctx))
		case <-time.After(100 * time.Millisecond):
		}
	}
	super, err := supervise.Open(state.Run(), state.Logs(), log) // stops what the supervisor may have left
	if err != nil {
		return err
	}
	return super.Close()
}

// AskToRenew has the system that runs in a state folder renew its certificates, and
// returns when it has.
func AskToRenew(ctx context.Context, path string) error {
	state, account, err := look(path)
	if err != nil {
		return err
	}
	if !account.Supervisor.Alive() {
		return fmt.Errorf("nothing runs in %s: certificates that are due are renewed when it starts", state)
	}
	if err := os.Remove(state.Renewed()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := syscall.Kill(account.Supervisor.PID, syscall.SIGUSR1); err != nil {
		return err
	}
	for {
		said, err := os.ReadFile(state.Renewed())
		if err == nil && string(said) != "" {
			if string(said) == "done" {
				return nil
			}
			return errors.New(string(said))
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-time.After(200 * time.Millisecond):
		}
	}
}

// Exists reports whether the folder holds a Touchstone state.
func Exists(path string) bool {
	_, err := os.Stat(filepath.Join(path, "layout"))
	return err == nil
}

// Remove removes a state folder in which nothing runs.
func Remove(path string) error {
	root, err := filepath.Abs(path)
	if err != nil {
		return err
	}
	return errors.Join(postgres.Remove(State(root).Postgres()), os.RemoveAll(root))
}
