package record

import (
	"context"
	"database/sql/driver"
	"errors"
	"net"
)

// Unreachable reports whether an error says that a database or another machine
// could not be reached, had no room, or was not waited for. It says nothing
// about the request: the same one may succeed later.
func Unreachable(err error) bool {
	var network *net.OpError
	var database interface{ SQLState() string }
	if errors.As(err, &database) {
		class := (database.SQLState() + "  ")[:2]
		return class == "08" || class == "53" || class == "57" // connection, resources, operator
	}
	return errors.As(err, &network) || errors.Is(err, driver.ErrBadConn) ||
		errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled)
}

// NoRoom reports whether an error says that a database's disk is full.
func NoRoom(err error) bool {
	var database interface{ SQLState() string }
	return errors.As(err, &database) && database.SQLState() == "53100"
}
