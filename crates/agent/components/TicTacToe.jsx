import { useState } from "react";
import "./TicTacToe.css";

const lines = [
  [0, 1, 2],
  [3, 4, 5],
  [6, 7, 8],
  [0, 3, 6],
  [1, 4, 7],
  [2, 5, 8],
  [0, 4, 8],
  [2, 4, 6],
];
const emptyBoard = Array(9).fill("");

export default function TicTacToe({ title = "Tic-tac-toe" }) {
  const [board, setBoard] = useState(emptyBoard);
  const moves = board.filter(Boolean).length;
  const player = moves % 2 === 0 ? "X" : "O";
  const won = lines.find(([a, b, c]) => board[a] && board[a] === board[b] && board[a] === board[c]);
  const status = won ? `${board[won[0]]} wins` : moves === 9 ? "A draw" : `${player} to move`;

  const play = (index) => setBoard(board.map((mark, at) => (at === index ? player : mark)));

  return (
    <section className="tic-tac-toe" aria-label={title}>
      <h2>{title}</h2>
      <p role="status">{status}</p>
      <div className="tic-tac-toe-board">
        {board.map((mark, index) => (
          <button
            key={index}
            type="button"
            className={won?.includes(index) ? "tic-tac-toe-won" : undefined}
            aria-label={`Row ${Math.floor(index / 3) + 1}, column ${(index % 3) + 1}: ${mark || "empty"}`}
            disabled={Boolean(mark) || Boolean(won)}
            onClick={() => play(index)}
          >
            {mark}
          </button>
        ))}
      </div>
      <button type="button" onClick={() => setBoard(emptyBoard)}>
        New game
      </button>
    </section>
  );
}
