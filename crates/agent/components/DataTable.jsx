import { useState } from "react";
import "./DataTable.css";

const columns = __COLUMNS__;
const rows = __ROWS__;

export default function DataTable() {
  const [sort, setSort] = useState({ column: 0, ascending: true });
  const sorted = [...rows].sort((a, b) => {
    const order = String(a[sort.column]).localeCompare(String(b[sort.column]), "en", { numeric: true });
    return sort.ascending ? order : -order;
  });
  const sortBy = (column) => setSort({ column, ascending: sort.column === column ? !sort.ascending : true });

  return (
    <section className="data-table" id="table" aria-labelledby="table-title">
      <h2 id="table-title">__TITLE__</h2>
      <div className="data-table-scroll" tabIndex={0} role="region" aria-labelledby="table-title">
        <table>
          <thead>
            <tr>
              {columns.map((column, index) => (
                <th
                  key={column}
                  scope="col"
                  aria-sort={sort.column !== index ? "none" : sort.ascending ? "ascending" : "descending"}
                >
                  <button type="button" onClick={() => sortBy(index)}>
                    {column} <span aria-hidden="true">{sort.column !== index ? "↕" : sort.ascending ? "↑" : "↓"}</span>
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sorted.map((row) => (
              <tr key={row.join("|")}>
                {row.map((cell, index) => (
                  <td key={columns[index]}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
