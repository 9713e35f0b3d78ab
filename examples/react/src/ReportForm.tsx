import { useState, type FormEvent } from 'react';
import { WeftEditor } from 'weftdoc/react';

interface Report {
  title: string;
  text: string;
}

/** A form as you have others: the editor is one of its fields. It is only submitted once the text is saved. */
export function ReportForm() {
  const [sent, setSent] = useState<Report>();
  const [state, setState] = useState('connecting');

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    // Here your page would send them to its own backend.
    setSent({ title: String(fields.get('title')), text: String(fields.get('text')) });
  }

  return (
    <>
      <h1>Report</h1>
      <p>Write it together; whoever is ready sends it.</p>
      <form onSubmit={submit}>
        <label htmlFor="title">Title</label>
        <input id="title" name="title" defaultValue="Week 12" required />
        <label htmlFor="text">Text</label>
        <WeftEditor
          id="text"
          name="text"
          server={import.meta.env.VITE_WEFT_SERVER}
          document={import.meta.env.VITE_WEFT_DOCUMENT}
          placeholder="What happened?"
          required
          flushOnSubmit
          onState={(detail) => setState(detail.state)}
        >
          The text is being loaded.
        </WeftEditor>
        <footer>
          <button>Send the report</button>
          <output>{state}</output>
        </footer>
      </form>
      {sent && (
        <section aria-label="Sent">
          <h2>Sent: {sent.title}</h2>
          <pre>{sent.text}</pre>
        </section>
      )}
    </>
  );
}
