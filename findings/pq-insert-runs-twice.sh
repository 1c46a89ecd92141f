#!/usr/bin/env bash
# An INSERT through lib/pq and database/sql can be there twice, without an error
#
# One would guess: when a connection is lost after a statement was sent, Exec gives an error, and the caller decides whether to try again.
# What happens: lib/pq answers the loss with driver.ErrBadConn, which tells database/sql that the statement did not run. It opens another
#   connection and runs the same statement again. The server had committed the first, so one Exec leaves two rows and returns nil.
#   Inside a transaction the same loss is an error and nothing is repeated.
# Version: github.com/lib/pq v1.12.3 with Debian's PostgreSQL; the connection is cut once, after the server's answer to the INSERT.
# Source: this run; database/sql/driver says of ErrBadConn that it must not be returned where the server may have run the operation.
# Why it matters here: audit rows, keys and prepared submissions were written by single statements. Such writes need a key of their own,
#   or a transaction (gateway/store, verifier/internal/store).
set -euo pipefail
initdb=$(ls /usr/lib/postgresql/*/bin/initdb 2>/dev/null | tail -1)
[ -n "$initdb" ] || { apt-get update -qq && apt-get install -y -qq --no-install-recommends postgresql >/dev/null; initdb=$(ls /usr/lib/postgresql/*/bin/initdb | tail -1); }
bin=$(dirname "$initdb")
work=$(mktemp -d)
as() { if [ "$(id -u)" -eq 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
trap 'as "$bin/pg_ctl" -D "$work/db" -m immediate stop >/dev/null 2>&1 || true; rm -rf "$work"' EXIT
[ "$(id -u)" -ne 0 ] || chown postgres "$work"
chmod 755 "$work"
as "$bin/initdb" -D "$work/db" -A trust -U postgres >/dev/null
as "$bin/pg_ctl" -D "$work/db" -w -o "-k $work -c listen_addresses=" -l "$work/db.log" start >/dev/null
mkdir "$work/code"
cd "$work/code"
cat > main.go <<'GO'
package main

import (
	"bytes"
	"database/sql"
	"fmt"
	"io"
	"net"
	"os"
	"sync/atomic"

	_ "github.com/lib/pq"
)

// cut makes the proxy end a connection when the server's next answer to an INSERT passes, instead of handing it on.
var cut atomic.Bool

func proxy(listener net.Listener, socket string) {
	for {
		client, err := listener.Accept()
		if err != nil {
			return
		}
		server, err := net.Dial("unix", socket)
		if err != nil {
			panic(err)
		}
		go func() { _, _ = io.Copy(server, client) }()
		go answers(server, client)
	}
}

func answers(server, client net.Conn) {
	defer client.Close()
	defer server.Close()
	for part := make([]byte, 64<<10); ; {
		n, err := server.Read(part)
		if err != nil || bytes.Contains(part[:n], []byte("INSERT 0 1")) && cut.CompareAndSwap(true, false) {
			return
		}
		if _, err := client.Write(part[:n]); err != nil {
			return
		}
	}
}

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	go proxy(listener, os.Args[1]+"/.s.PGSQL.5432")
	db, err := sql.Open("postgres", fmt.Sprintf("postgres://postgres@%s/postgres?sslmode=disable", listener.Addr()))
	if err != nil {
		panic(err)
	}
	if _, err := db.Exec(`create table note (text text)`); err != nil {
		panic(err)
	}
	cut.Store(true)
	_, alone := db.Exec(`insert into note values ($1)`, "alone")
	fmt.Printf("alone: error %v, rows %d\n", alone, count(db, "alone"))

	tx, err := db.Begin()
	if err != nil {
		panic(err)
	}
	cut.Store(true)
	_, within := tx.Exec(`insert into note values ($1)`, "within")
	_ = tx.Rollback()
	fmt.Printf("in a transaction: error %t, rows %d\n", within != nil, count(db, "within"))
}

func count(db *sql.DB, text string) (n int) {
	if err := db.QueryRow(`select count(*) from note where text = $1`, text).Scan(&n); err != nil {
		panic(err)
	}
	return n
}
GO
go mod init finding >/dev/null 2>&1
go get github.com/lib/pq@v1.12.3 >/dev/null 2>&1
go list -m github.com/lib/pq
"$bin/postgres" --version
seen=$(go run . "$work")
echo "$seen"
diff - <(echo "$seen") <<'EXPECTED' || { echo "this has changed"; exit 1; }
alone: error <nil>, rows 2
in a transaction: error true, rows 0
EXPECTED
