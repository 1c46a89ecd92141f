package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"github.com/touchstone-trace/touchstone/gateway/access"
	"github.com/touchstone-trace/touchstone/gateway/record"
	"github.com/touchstone-trace/touchstone/gateway/store"
)

type personCommand struct {
	Login string `arg:"" help:"What the person types to sign in."`
	Name  string `       help:"How colleagues call the person; the login by default."`
	Party string `       help:"The party; the platform's by default."`
	Duty  string `       help:"What the person does in the party."                    enum:"owner,goods,warehouse,read_only" default:"owner"`
}

// Run takes the password from the terminal or, where there is none, from the
// first line of standard input: it is never an argument, which others could see.
func (p personCommand) Run(ctx context.Context) error {
	c, _, err := readConfig()
	if err != nil {
		return err
	}
	s, err := store.Open(c.DatabaseURL)
	if err != nil {
		return err
	}
	defer func() { _ = s.Close() }()
	if err := c.upToDate(ctx, s); err != nil {
		return err
	}
	password, err := askPassword(os.Stdin)
	if err != nil {
		return err
	}
	party, name := p.Party, p.Name
	if party == "" {
		party = c.PlatformParty
	}
	if name == "" {
		name = p.Login
	}
	desk := access.Desk{People: s, Log: s}
	if err := desk.SetPerson(ctx, p.Login, password, name, party, record.Duty(p.Duty)); err != nil {
		return err
	}
	fmt.Printf(
		"%s can sign in for %s with this password; earlier sessions and second factors are gone\n", p.Login, party,
	)
	return nil
}

func askPassword(in *os.File) (string, error) {
	if term.IsTerminal(int(in.Fd())) {
		fmt.Fprint(os.Stderr, "New password: ")
		b, err := term.ReadPassword(int(in.Fd()))
		fmt.Fprintln(os.Stderr)
		return string(b), err
	}
	line, err := bufio.NewReader(in).ReadString('\n')
	if line = strings.TrimRight(line, "\r\n"); line == "" {
		return "", errors.Join(errors.New("give the password as the first line of standard input"), err)
	}
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return line, err
}
