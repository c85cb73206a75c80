import type en from '../en/audit';
import type { Translation } from '../types';

const audit: Translation<typeof en> = {
  title: 'Prüfprotokoll',
};

export default audit;
