import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ReportForm } from './ReportForm';
import './style.css';

createRoot(document.getElementById('app')!).render(
  <StrictMode>
    <ReportForm />
  </StrictMode>,
);
