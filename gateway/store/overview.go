package store

import (
	"context"
	"encoding/json"
	"time"

	_ "embed"

	"github.com/touchstone-trace/touchstone/chaincode/trace"
	"github.com/touchstone-trace/touchstone/gateway/record"
)

//go:embed overview.sql
var overviewSQL string

// Waiting gives what waits for a party in one of its roles, by kind: how much of
// it there is, and the most urgent few.
func (s *Store) Waiting(
	ctx context.Context, party string, role trace.Role,
) (map[record.TaskKind]record.TaskGroup, error) {
	rows, err := s.db.QueryContext(ctx, overviewSQL, party, role, trace.DayOf(time.Now()), record.TasksTold)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	groups := map[record.TaskKind]record.TaskGroup{}
	for rows.Next() {
		var task record.Task
		var count int64
		var doc, whole []byte
		if err := rows.Scan(&count, &doc, &whole); err != nil {
			return nil, err
		}
		if err := json.Unmarshal(doc, &task); err != nil {
			return nil, err
		}
		if err := about(&task, whole); err != nil {
			return nil, err
		}
		group := groups[task.Kind]
		groups[task.Kind] = record.TaskGroup{Kind: task.Kind, Count: count, Tasks: append(group.Tasks, task)}
	}
	return groups, rows.Err()
}

// about adds what a task says of the whole thing that it is about: until when a
// recall must be acknowledged, and the notice that is to be read.
func about(task *record.Task, whole []byte) error {
	switch task.Kind {
	case record.TaskRecallAcknowledge:
		var r trace.Recall
		err := json.Unmarshal(whole, &r)
		at := r.DueAt()
		task.Due = &at
		return err
	case record.TaskMessage:
		task.Notice = &record.InboxEntry{}
		return json.Unmarshal(whole, &task.Notice.Notice)
	default:
		return nil
	}
}

// Steps counts what a party has done on its way to its first labels.
func (s *Store) Steps(ctx context.Context, party string) (n record.Steps, err error) {
	err = s.db.QueryRowContext(ctx, `select
		(select count(*) from app.document where party = $1),
		(select count(*) from ledger.product where owner = $1),
		(select count(*) from (select from ledger.batch where producer = $1 limit 1000) b),
		(select count(*) from (select from app.audit where party = $1 and action = 'labels_print' limit 1000) a),
		(select count(*) from (select from ledger.shipment where sender = $1 limit 1000) s)`, party).
		Scan(&n.Documents, &n.Products, &n.Batches, &n.Labels, &n.Shipments)
	return n, err
}
