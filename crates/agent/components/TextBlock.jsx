import "./TextBlock.css";

export default function TextBlock({ id, title, text }) {
  return (
    <section className="text-block" id={id} aria-label={title}>
      {title && <h2>{title}</h2>}
      <p>{text}</p>
    </section>
  );
}
