import type { JSX } from 'preact';
import type { Course } from '../day-detail.ts';

/** Stands where a chart would be whose data could not be read. */
export function CourseNotice<Span>({ course }: { readonly course: Course<Span> }): JSX.Element {
  if (course.kind === 'read') return <></>;
  return (
    <p class="muted">
      The course of the day is missing: {course.problem.title.toLowerCase()}.{' '}
      {course.problem.advice}
    </p>
  );
}
