import "./Team.css";

const people = __PEOPLE__;

export default function Team() {
  return (
    <section className="team" id="team" aria-labelledby="team-title">
      <h2 id="team-title">__TITLE__</h2>
      <ul>
        {people.map((person) => (
          <li key={person.name}>
            <span className="team-avatar" aria-hidden="true">
              {person.name
                .split(" ")
                .map((part) => part.charAt(0))
                .join("")}
            </span>
            <h3>{person.name}</h3>
            <p>{person.role}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
