package imports

// Values is a row that somebody has filled in by field, instead of in a file.
type Values struct {
	Number int               `json:"row"`
	Values map[string]string `json:"values"`
}

// ReadValues reads rows that were filled in by field, by the same rules as a
// file's. None may say what one of the others does, which are good already.
func ReadValues(kind Kind, rows []Values, others []Row) []Row {
	heading := rec{}
	t := table{columns: columns{}}
	for i, f := range fieldsOf[kind] {
		heading.cells = append(heading.cells, cell{shown: titles[f].ZhCN})
		t.columns[f] = Column{Letter: letter(i), Heading: titles[f].ZhCN, Field: string(f), index: i}
	}
	r := reader{
		kind:  kind,
		table: t,
		sheet: sheet{records: []rec{heading}},
		seen:  map[string]int{},
		alike: map[string]string{},
	}
	for _, row := range others {
		r.seen[row.identity()] = row.Number
	}
	out := make([]Row, 0, len(rows))
	for _, v := range rows {
		record := rec{number: v.Number}
		for _, f := range fieldsOf[kind] {
			record.cells = append(record.cells, cell{shown: v.Values[string(f)]})
		}
		out = append(out, r.row(record))
	}
	return out
}

// Values gives what stands in the row's cells, by field.
func (r Row) Values() map[string]string {
	all := map[string]string{}
	for f, c := range r.columns {
		if v := r.rec.at(c.index).text(); v != "" {
			all[string(f)] = v
		}
	}
	return all
}
