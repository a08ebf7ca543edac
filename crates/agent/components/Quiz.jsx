import { useState } from "react";
import "./Quiz.css";

const questions = __QUESTIONS__;

export default function Quiz() {
  const [index, setIndex] = useState(0);
  const [chosen, setChosen] = useState(null);
  const [score, setScore] = useState(0);
  const question = questions[index];

  function choose(option) {
    setChosen(option);
    if (option === question.answer) setScore(score + 1);
  }

  function next() {
    setIndex(index + 1);
    setChosen(null);
  }

  function restart() {
    setIndex(0);
    setChosen(null);
    setScore(0);
  }

  const look = (option) => {
    if (chosen === null) return "quiz-option";
    if (option === question.answer) return "quiz-option quiz-option-right";
    return option === chosen ? "quiz-option quiz-option-wrong" : "quiz-option";
  };

  return (
    <section className="quiz" id="quiz" aria-labelledby="quiz-title">
      <h2 id="quiz-title">__TITLE__</h2>
      {question ? (
        <>
          <p className="quiz-progress">
            Question {index + 1} of {questions.length}
          </p>
          <progress value={index} max={questions.length} aria-label="Progress" />
          <h3>{question.text}</h3>
          <ul>
            {question.options.map((option) => (
              <li key={option}>
                <button type="button" className={look(option)} disabled={chosen !== null} onClick={() => choose(option)}>
                  {option}
                </button>
              </li>
            ))}
          </ul>
          <p className="quiz-feedback" role="status">
            {chosen !== null && (chosen === question.answer ? "Correct" : `Not quite: ${question.answer}`)}
          </p>
          {chosen !== null && (
            <button type="button" onClick={next}>
              {index + 1 < questions.length ? "Next question" : "See result"}
            </button>
          )}
        </>
      ) : (
        <>
          <p className="quiz-score" role="status">
            You got <strong>{score}</strong> of {questions.length} right
          </p>
          <button type="button" onClick={restart}>
            Play again
          </button>
        </>
      )}
    </section>
  );
}
